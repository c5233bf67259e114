import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyProgram, program, root } from "./program.ts";

/** The programs by the names under which they are installed. */
const programs = {
  cloudhsm_mgmt_util: program,
  key_mgmt_util: keyProgram,
  "cloudhsm-sim": join(root, "dist", "cloudhsm-sim.js"),
} as const;

/** The names under which other vendors' shells are called: the program learns from them whose it is. */
const vendorPrograms = {
  azcloudhsm_mgmt_util: program,
  user_mgmt_util: program,
  hsm_mgmt_tool: program,
  azcloudhsm_util: keyProgram,
  key_mgmt_tool: keyProgram,
} as const;

/** Puts all programs into a folder that is to be on the path. Returns it. */
export function launchersIn(folder: string): string {
  mkdirSync(folder);
  for (const [name, file] of Object.entries(vendorPrograms)) symlinkSync(file, join(folder, name));
  for (const [name, file] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`, { mode: 0o755 });
  }
  return folder;
}
