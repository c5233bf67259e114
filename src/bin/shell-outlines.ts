import { otherNames } from "../app/vendor.ts";
import { declareShell } from "./command-line.ts";
import { declareKeyUtility } from "./key-command-line.ts";
import { type Outline, outlineOf } from "./outline.ts";

/** A program under each name by which it is called, AWS's first. */
export type Outlines = readonly [Outline, ...Outline[]];

/** The outline of the shell under each name by which it is called, AWS's first. */
export function shellOutlines(): Outlines {
  return named(outlineOf(declareShell().command), otherNames("program"));
}

/** The same of the key utility. */
export function keyUtilityOutlines(): Outlines {
  return named(outlineOf(declareKeyUtility().command), otherNames("keyProgram"));
}

function named(outline: Outline, others: readonly string[]): Outlines {
  return [outline, ...others.map((name) => ({ ...outline, name }))];
}
