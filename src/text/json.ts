import { deceptive } from "./printable.ts";

/** Returns a value as one line of JSON that is safe for a terminal: control characters are escaped. */
export function oneLine(value: unknown): string {
  return JSON.stringify(value).replace(deceptive, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
