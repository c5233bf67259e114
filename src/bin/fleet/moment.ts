import { InvalidArgumentError } from "commander";
import { millisecondsOf } from "../../clock/span.ts";

/** So long ago: whole seconds or more, and none at all is now. */
const span = /^\d{1,9}[smhd]$/;

/** A day, or a day and a time, perhaps with a zone. */
const moment = /^\d{4}-\d{2}-\d{2}(?<time>[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?(?<zone>Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a moment: an ISO time, which is in UTC as audit logs are where it names no zone, or so long ago: `90s`, `10m`,
 * `2h`, `3d`. Returns microseconds since 1970. Throws InvalidArgumentError.
 *
 * @param now milliseconds since 1970
 */
export function parseMoment(word: string, now = Date.now()): number {
  if (span.test(word)) return (now - (millisecondsOf(word) ?? 0)) * 1000;
  const found = moment.exec(word)?.groups;
  const hasOwnZone = found?.["time"] === undefined || found["zone"] !== undefined;
  const time = found === undefined ? NaN : Date.parse(`${word.replace(" ", "T")}${hasOwnZone ? "" : "Z"}`);
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError("Give a time as 2026-01-31T14:30:00Z, or how long ago: 90s, 10m, 2h, 3d.");
  }
  return time * 1000;
}
