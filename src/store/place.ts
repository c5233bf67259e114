import { type Key, StoreError } from "./store.ts";

/**
 * What a record says before its value, so that no record of one place is taken in another: the file, the collection
 * and the key that it belongs to. It is the beginning of an array in JSON, and the value is the last member.
 */
export class Place {
  readonly #collection: string;

  constructor(file: string, collection: string) {
    this.#collection = `["${file}","${collection}",`;
  }

  /** The content of the record at a key here. */
  contentOf(key: Key, text: string): string {
    return `${this.#startOf(key)}${text}]`;
  }

  /** Gives the text of the record at a key here. Throws {@link StoreError} `damaged` for one of another place. */
  textOf(key: Key, content: string): string {
    const start = this.#startOf(key);
    if (content.startsWith(start) && content.endsWith("]")) return content.slice(start.length, -1);
    const isPlaced = /^\["[\da-f]*","\w+",/.test(content);
    throw new StoreError(
      "damaged",
      isPlaced ? "a record comes from another place" : "a record is not as this program writes it",
    );
  }

  #startOf(key: Key): string {
    return `${this.#collection}${JSON.stringify(key)},`;
  }
}

/** The content of a record of format 1 in SQL, which names this file. Numbers are kept as floating ones. */
export function placed(file: string): string {
  const key = "iif(typeof(key) = 'text', json_quote(key), CAST(key AS INTEGER))";
  return `'["' || ${file} || '","' || collection || '",' || ${key} || ',' || text || ']'`;
}
