import { spawnSync } from "node:child_process";

/** What the openssl command writes. Throws with its complaint where it fails. */
export function openssl(words: readonly string[], input: Buffer | string = ""): Buffer {
  const { status, stdout, stderr } = spawnSync("openssl", words, { input });
  if (status !== 0) throw new Error(`openssl ${words.join(" ")}: ${stderr.toString("utf8")}`);
  return stdout;
}
