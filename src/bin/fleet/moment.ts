import { InvalidArgumentError } from "commander";

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A day, or a day and a time, perhaps with a zone. */
const moment = /^\d{4}-\d{2}-\d{2}(?<time>[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?(?<zone>Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a moment: an ISO time, which is in UTC as audit logs are where it names no zone, or so long ago: `90s`, `10m`,
 * `2h`, `3d`. Returns microseconds since 1970. Throws InvalidArgumentError.
 *
 * @param now milliseconds since 1970
 */
export function parseMoment(word: string, now = Date.now()): number {
  const ago = /^(?<count>\d{1,9})(?<unit>[smhd])$/.exec(word)?.groups;
  if (ago !== undefined) return (now - Number(ago["count"]) * units[ago["unit"] as keyof typeof units] * 1000) * 1000;
  const found = moment.exec(word)?.groups;
  const hasOwnZone = found?.["time"] === undefined || found["zone"] !== undefined;
  const time = found === undefined ? NaN : Date.parse(`${word.replace(" ", "T")}${hasOwnZone ? "" : "Z"}`);
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError("Give a time as 2026-01-31T14:30:00Z, or how long ago: 90s, 10m, 2h, 3d.");
  }
  return time * 1000;
}
