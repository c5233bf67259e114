import type { Interface, Key } from "node:readline";
import { ReverseSearch } from "./reverse-search.ts";
import { printable } from "../text/printable.ts";

/** What may be changed of a line that readline edits, though its types do not say so. */
interface Place {
  line: string;
  cursor: number;
  /** Which line of the history is shown, the newest being 0; -1 for none of them. */
  historyIndex: number;
}

/** What was searched for last, for Ctrl-R pressed twice. */
export interface LastSearch {
  text: string;
}

/** What a search is made of. */
export interface SearchParts {
  /** Where the line is edited, after `prompt`. */
  readonly editor: Interface;
  readonly prompt: string;
  /** The newest first, as the editor has it. */
  readonly history: readonly string[];
  readonly last: LastSearch;
}

/** Ctrl-R at a line that readline edits: the keys of a search through the history, and what is shown meanwhile. */
export class HistorySearch {
  readonly #parts: SearchParts;
  readonly #editor: Interface & Place;
  /** The line as it was before; undefined while nothing is searched for. */
  #before: Place | undefined;
  #search = new ReverseSearch([], 0);
  /** Whether text comes that was pasted, of which line breaks are a part. */
  #isPasted = false;

  constructor(parts: SearchParts) {
    this.#parts = parts;
    this.#editor = parts.editor as Interface & Place;
  }

  /** What is searched for; undefined while nothing is. */
  get text(): string | undefined {
    return this.#before === undefined ? undefined : this.#search.text;
  }

  /** Takes a key of a search; returns false for any other, which is for the line as the search has left it. */
  press(letters: string | undefined, key: Key): boolean {
    if (this.#before === undefined) return isControl(key, "r") && this.#begin(key);
    const drops = isControl(key, "g");
    if (drops || isControl(key, "c")) {
      this.#end(this.#before);
      return drops;
    }
    if (this.#takes(letters, key)) return true;
    this.#end(this.#found(key));
    return false;
  }

  /** Shows what is searched for and what was found, once for all keys that came together. */
  draw(): void {
    if (this.#before === undefined) return;
    const { text, failed, found: line, column: cursor } = this.#search;
    const name = failed ? "failed reverse-i-search" : "reverse-i-search";
    this.#show(`(${name})\`${printable(text.replace(/[\t\n]/g, "?"))}': `, { line, cursor });
  }

  #begin(key: Key): true {
    // It ends the search of readline's own that Up may have begun.
    this.#editor.write(null, key);
    const { line, cursor, historyIndex } = this.#editor;
    this.#before = { line, cursor, historyIndex };
    this.#search = new ReverseSearch([line, ...this.#parts.history.slice(historyIndex + 1)], cursor);
    this.#isPasted = false;
    return true;
  }

  #takes(letters: string | undefined, key: Key): boolean {
    if (key.name === "paste-start" || key.name === "paste-end") this.#isPasted = key.name === "paste-start";
    else if (isControl(key, "r")) this.#goOn();
    else if (key.name === "backspace" && key.meta !== true) this.#search.shorten();
    else if (letters !== undefined && (isLetter(letters) || this.#isPasted)) this.#search.extend(letters);
    else return false;
    return true;
  }

  #goOn(): void {
    if (this.#search.text === "") this.#search.extend(this.#parts.last.text);
    else this.#search.goOn();
  }

  /** The line that was found. Up and Down go to its neighbours from there, whatever is before the cursor. */
  #found({ name }: Key): Place {
    const { found: line, line: further, column } = this.#search;
    const historyIndex = (this.#before?.historyIndex ?? -1) + further;
    return { line, cursor: name === "up" || name === "down" ? 0 : column, historyIndex };
  }

  #end(place: Place): void {
    if (this.#search.text !== "") this.#parts.last.text = this.#search.text;
    this.#before = undefined;
    this.#show(this.#parts.prompt, place);
  }

  #show(prompt: string, place: Partial<Place>): void {
    Object.assign(this.#editor, place);
    this.#editor.setPrompt(prompt);
    this.#editor.prompt(true);
  }
}

function isControl(key: Key, name: string): boolean {
  return key.ctrl === true && key.name === name;
}

/** Whether a key is a letter rather than what a terminal calls a control character. */
function isLetter(key: string): boolean {
  return !/\p{Cc}/u.test(key);
}
