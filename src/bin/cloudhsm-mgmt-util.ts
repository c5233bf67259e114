#!/usr/bin/env node
import { createRequire } from "node:module";
import { join } from "node:path";
import { CompiledCode } from "./compiled-code.ts";
import { stateFolder } from "../config/home.ts";
import type { run } from "./program.ts";
import { endUnexpectedly } from "./unexpected-end.ts";

/** Where the build put the program, and the largest part of what a start needs; both from this file's folder. */
declare const PROGRAM_FILE: string;
declare const STARTUP_FILE: string;

/** Starts the program, with what an earlier start kept of compiling it; whoever runs it once more finds it kept. */
async function main(): Promise<void> {
  const state = stateFolder(process.env);
  const file = join(__dirname, STARTUP_FILE);
  const compiled = state === undefined ? undefined : CompiledCode.load(file, state, "cloudhsm_mgmt_util");
  const program = createRequire(__filename)(join(__dirname, PROGRAM_FILE)) as { readonly run: typeof run };
  process.exitCode = await program.run(process.argv.slice(2), () => compiled?.keep());
}

main().catch((error: unknown) => {
  endUnexpectedly("cloudhsm_mgmt_util", error);
});
