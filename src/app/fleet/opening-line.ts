import type { DialectName } from "../../config/dialect-name.ts";
import { shellLine } from "../../text/shell-line.ts";
import { vendorNamed } from "../vendor.ts";

/** The line that opens the shell of a vendor on the HSMs of a home, as they are listed in a configuration file. */
export function openingLine(home: string, file: string, dialect: DialectName = "aws"): string {
  return shellLine([vendorNamed(dialect).program, "--home", home, file]);
}
