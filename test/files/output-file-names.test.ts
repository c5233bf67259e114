import { mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeOutputFile } from "../../src/files/output-file.ts";
import { Conversation } from "../harness/conversation.ts";
import { runPiped, lines, temporaryFolder } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const write = (path: string, text = "text"): Promise<void> => writeOutputFile(undefined, path, text);
const descriptors = (): number => readdirSync("/proc/self/fd").length;

test("every name that the system takes can be written, new and once more", async () => {
  const folder = temporaryFolder();
  const names: string[] = [];
  for (let length = 240; length <= 255; length++) names.push("x".repeat(length), "é".repeat(length >> 1));
  for (const name of new Set(names)) {
    await write(join(folder, name), "old");
    await write(join(folder, name), name);
    expect(readFileSync(join(folder, name), "utf8")).toBe(name);
  }
  expect(readdirSync(folder).sort()).toEqual([...new Set(names)].sort());
});

test("a name that the system does not take is refused in words", async () => {
  const path = join(temporaryFolder(), "x".repeat(256));
  await expect(write(path)).rejects.toThrow(`${path} cannot be written: name too long`);
});

test("what a killed write left is removed by the next one, what is being written is not", async () => {
  const start = emptyHome();
  const folder = join(start.home, "..", "out");
  mkdirSync(folder);
  await runPiped(start, lines("quit"));
  const strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=rename,renameat,renameat2"];
  const killed = new Conversation(start, [...strace, "-e", "inject=rename,renameat,renameat2:signal=KILL"]);
  await killed.prompt();
  await killed.say("server 0");
  await killed.say(`getCert ${folder}/root.crt 4`);
  await killed.end();
  const left = readdirSync(folder);
  expect(left).toEqual([expect.stringMatching(/^\.cloudhsm_mgmt_util-[\da-f]{16}$/)]);

  const [leftover = ""] = left;
  const others = [".cloudhsm_mgmt_util-notes", "root.crt.0123abcd", ".cloudhsm_mgmt_util-0123456789abcdef.bak"];
  for (const other of others) writeFileSync(join(folder, other), "mine");
  await write(join(folder, "first"));
  expect(readdirSync(folder)).toContain(leftover);

  const long = new Date(Date.now() - 61_000);
  for (const each of [leftover, ...others]) utimesSync(join(folder, each), long, long);
  await write(join(folder, "second"));
  expect(readdirSync(folder).sort()).toEqual(["first", "second", ...others].sort());
});

test("a write leaves no descriptor open, however it ends", async () => {
  const folder = temporaryFolder();
  await write(join(folder, "warm"));
  const before = descriptors();
  mkdirSync(join(folder, "taken"));
  for (let nth = 0; nth < 20; nth++) {
    await write(join(folder, `file${String(nth)}`));
    await expect(write(join(folder, "taken"))).rejects.toThrow("it is not an ordinary file");
    await expect(write(join(folder, "missing", "file"))).rejects.toThrow("no such file or directory");
    await expect(write("/proc/self/new")).rejects.toThrow("cannot be written");
  }
  expect(descriptors()).toBe(before);
});
