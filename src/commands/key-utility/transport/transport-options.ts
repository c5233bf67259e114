import { numberIn, text, withWord } from "../options.ts";

/** The highest handle. */
const largest = 0xffffffff;

/** The key that wraps, or opens what was wrapped. */
export const wrappingOption = withWord(
  "-w",
  ["Wrapping key handle", "<wrapping key handle>", "specifies the handle of the wrapping key"],
  numberIn(0, largest),
  { isRequired: true },
);

/** A file that is read. */
export const inputOption = withWord("-f", ["Input file", "<file>", "specifies the file to read"], text, {
  isRequired: true,
});

/** A file with the bytes of the wrapping key. */
export const wrappingFileOption = withWord(
  "-wk",
  ["Wrapping key file", "<file>", "specifies a file with the wrapping key, which then wraps outside the HSM"],
  text,
);
