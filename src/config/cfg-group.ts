import { ConfigurationError } from "./configuration.ts";

/** A group of one of the original's files, or all of it: this program knows some of its members. */
export type CfgGroup = Readonly<Record<string, unknown>>;

/** Reads one of the original's files. Throws {@link ConfigurationError} for what is no JSON object. */
export function readGroup(file: string, text: string): CfgGroup {
  const content = parse(text);
  if (isGroup(content)) return content;
  throw new ConfigurationError(`${file} is not a JSON object: mend it, or remove it and configure writes a new one`);
}

/** A member that is a group; an empty one where it is not there, or is something else. */
export function groupIn(content: CfgGroup, member: string): CfgGroup {
  const inner = content[member];
  return isGroup(inner) ? inner : {};
}

/** The text of a file in the original's form: sorted, four spaces a level, and without a line feed at its end. */
export function sortedJson(content: CfgGroup): string {
  const text = JSON.stringify(sorted(content), undefined, 4);
  // The original writes no letters but those of ASCII.
  return text.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isGroup(value)) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, sorted(inner)]));
}

/** Whether a value has members by name. */
export function isGroup(value: unknown): value is CfgGroup {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
