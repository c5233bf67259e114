import { otherPrograms } from "../app/vendor.ts";
import { declareShell } from "./command-line.ts";
import { type Outline, outlineOf } from "./outline.ts";

/** The outline of the shell under each name by which it is called, AWS's first. */
export function shellOutlines(): readonly [Outline, ...Outline[]] {
  const outline = outlineOf(declareShell().command);
  return [outline, ...otherPrograms.map((name) => ({ ...outline, name }))];
}
