import { type Key, StoreError } from "../store.ts";

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
    return `${this.#collection}${written(key)},${text}]`;
  }

  /** Gives the text of the record at a key here. Throws {@link StoreError} `damaged` for one of another place. */
  textOf(key: Key, content: string): string {
    // Without a string of its own for the place: lists have thousands of records.
    const name = written(key);
    const end = this.#collection.length + name.length;
    const isHere = content.startsWith(this.#collection) && content.startsWith(name, this.#collection.length);
    if (isHere && content[end] === "," && content.endsWith("]")) return content.slice(end + 1, -1);
    const isPlaced = /^\["[\da-f]*","\w+",/.test(content);
    const what = isPlaced ? "a record comes from another place" : "a record is not as this program writes it";
    throw new StoreError("damaged", what);
  }
}

function written(key: Key): string {
  return typeof key === "number" ? String(key) : JSON.stringify(key);
}

/** The content of a record of format 1 in SQL, which names this file. Numbers are kept as floating ones. */
export function placed(file: string): string {
  const key = "iif(typeof(key) = 'text', json_quote(key), CAST(key AS INTEGER))";
  return `'["' || ${file} || '","' || collection || '",' || ${key} || ',' || text || ']'`;
}
