#!/usr/bin/env node
import { createRequire } from "node:module";
import { join } from "node:path";
import { stateFolder } from "../config/home.ts";
import { CompiledCode } from "./compiled-code.ts";
import type { run } from "./key-program.ts";
import { endUnexpectedly } from "./unexpected-end.ts";

/** Where the build put the program, with all that a login takes, from this file's folder. */
declare const KEY_PROGRAM_FILE: string;

/** Starts the program, with what an earlier start kept of compiling it; whoever runs it once more finds it kept. */
async function main(): Promise<void> {
  const state = stateFolder(process.env);
  const file = join(__dirname, KEY_PROGRAM_FILE);
  const compiled = state === undefined ? undefined : CompiledCode.load(file, state, "key_mgmt_util");
  const program = createRequire(__filename)(file) as { readonly run: typeof run };
  process.exitCode = await program.run(process.argv.slice(2), () => compiled?.keep());
}

main().catch((error: unknown) => {
  endUnexpectedly("key_mgmt_util", error);
});
