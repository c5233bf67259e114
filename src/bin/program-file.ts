import { fileURLToPath } from "node:url";

/** The path of the original's `configure` in this package, which Node starts. */
export function configureFile(): string {
  return fileURLToPath(new URL("../../dist/configure.js", import.meta.url));
}

/** The path of the key shell's program in this package, which Node starts. */
export function keyProgramFile(): string {
  return fileURLToPath(new URL("../../dist/key-mgmt-util.js", import.meta.url));
}

/** The path of the shell's program in this package, which Node starts. */
export function programFile(): string {
  return fileURLToPath(new URL("../../dist/main.js", import.meta.url));
}
