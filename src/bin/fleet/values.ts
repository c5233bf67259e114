import { InvalidArgumentError } from "commander";
import { millisecondsOf } from "../../clock/span.ts";

/** Reads a whole number within a range. The parser throws InvalidArgumentError. */
export function wholeNumber(minimum: number, maximum: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (/^\d+$/.test(word) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${String(minimum)} to ${String(maximum)}.`);
  };
}

/** Reads a span of time: `500ms`, `30s`, `10m`, `2h`, `3d`. Gives milliseconds. Throws InvalidArgumentError. */
export function span(word: string): number {
  const milliseconds = millisecondsOf(word);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError("It must be a span of time: 30s, 10m, 2h, 3d.");
}

/** Reads seconds, with or without a fraction, up to an hour. Throws InvalidArgumentError. */
export function seconds(word: string): number {
  const value = Number(word);
  if (/^\d+(\.\d+)?$/.test(word) && value <= 3600) return value;
  throw new InvalidArgumentError("It must be a number of seconds from 0 to 3600.");
}
