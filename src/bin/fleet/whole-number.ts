import { InvalidArgumentError } from "commander";

/** Reads a number of few digits, without a sign. Throws InvalidArgumentError. */
export function wholeNumber(word: string): number {
  if (!/^\d{1,9}$/.test(word)) throw new InvalidArgumentError("Give a whole number.");
  return Number(word);
}
