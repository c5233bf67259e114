import { InvalidArgumentError } from "commander";

/** Reads a whole number within a range. The parser throws InvalidArgumentError. */
export function wholeNumber(minimum: number, maximum: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (/^\d+$/.test(word) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${String(minimum)} to ${String(maximum)}.`);
  };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a span of time: `500ms`, `30s`, `10m`, `2h`, `3d`. Gives milliseconds. Throws InvalidArgumentError. */
export function span(word: string): number {
  const [, count = "", unit = ""] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(word) ?? [];
  const milliseconds = Number(count) * (units[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError("It must be a span of time: 30s, 10m, 2h, 3d.");
}
