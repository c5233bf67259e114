#!/usr/bin/env node
import { createRequire } from "node:module";
import { join } from "node:path";
import type { run } from "./key-program.ts";
import { endUnexpectedly } from "./unexpected-end.ts";

/** Where the build put the program, from this file's folder. */
declare const KEY_PROGRAM_FILE: string;

async function main(): Promise<void> {
  const program = createRequire(__filename)(join(__dirname, KEY_PROGRAM_FILE)) as { readonly run: typeof run };
  process.exitCode = await program.run(process.argv.slice(2));
}

main().catch((error: unknown) => {
  endUnexpectedly("key_mgmt_util", error);
});
