import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { replay, sessionFolder } from "../harness/session-player.ts";

const sessions = readdirSync(sessionFolder).filter((name) => name.endsWith(".txt"));
const opensslMissing = isMissing("openssl");

describe("on a pipe, in one burst", () => {
  test.each(sessions)("%s", async (name) => {
    const usesOpenssl = /\bopenssl\b/.test(readFileSync(join(sessionFolder, name), "utf8"));
    if (usesOpenssl && opensslMissing) return;
    await replay(name, "pipe");
  });
});
