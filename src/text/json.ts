import { deceptive } from "./printable.ts";

/** A value as JSON in one line that does a terminal no harm: what could change more than it shows is escaped. */
export function oneLine(value: unknown): string {
  return JSON.stringify(value).replace(deceptive, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
