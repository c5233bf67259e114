import { handleOption, outputOption } from "../key-options.ts";
import { numberIn, oneOf, text, withWord } from "../options.ts";

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

/** What every export in clear is asked for. */
export const exportOptions = {
  key: handleOption(),
  under: wrappingOption,
  file: outputOption,
  /** The only mechanism of an export, which may be named. */
  mechanism: withWord("-m", ["Mechanism", "<4>", "specifies the wrapping mechanism: 4"], oneOf(new Map([["4", 4]]))),
  wrappingFile: wrappingFileOption,
};
