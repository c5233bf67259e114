import { linkSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { emptyHome, quit, shell } from "../harness/three-hsms.ts";
import type { Start } from "../harness/program.ts";

/** The names under which a mark of a live shell can be reached. */
const names: readonly (readonly [string, (start: Start, mark: string) => string])[] = [
  ["its path", (_, mark) => mark],
  [
    "a path with ..",
    (start, mark) => join(start.home, "sessions", "..", "sessions") + mark.slice(dirname(mark).length),
  ],
  [
    "a symbolic link",
    (start, mark) =>
      linked(start, "link", (path) => {
        symlinkSync(mark, path);
      }),
  ],
  [
    "a hard link",
    (start, mark) =>
      linked(start, "twin", (path) => {
        linkSync(mark, path);
      }),
  ],
  ["a new name beside it", (_, mark) => `${mark}.new`],
];

function linked(start: Start, name: string, make: (path: string) => void): string {
  const path = join(dirname(start.home), name);
  make(path);
  return path;
}

/** Every command that reads or writes a file that the operator names. */
const commands: readonly (readonly [string, (file: string, start: Start) => string])[] = [
  ["getCert", (file) => `getCert ${file} 4`],
  ["findAllKeys", (file) => `findAllKeys 0 0 ${file}`],
  ["getToken", (file) => `getToken 3 admin ${file}`],
  ["approveToken", (file) => `approveToken ${file}`],
  ["approveToken (token)", (file, start) => `approveToken ${approvalFile(start, file, "sig")}`],
  ["approveToken (signature)", (file, start) => `approveToken ${approvalFile(start, start.words[0] ?? "", file)}`],
  ["registerQuorumPubKey", (file) => `registerQuorumPubKey CO admin ${file} ${file} ${file}`],
  ["registerMofnPubKey", (file) => `registerMofnPubKey CO match admin ${file}`],
  ["createUser -2fa", (file) => `createUser CO bob bob12345 -2fa ${file}`],
  ["loginHSM -2fa", (file) => `loginHSM CO admin co12345 -2fa ${file}`],
];

function approvalFile(start: Start, token: string, signature: string): string {
  const path = join(dirname(start.home), "approval.txt");
  const text = `Multi Token File Path = ${token};\nToken File Path = ;\nNumber of Approvals = 1;\nApprover Type = 2;\n`;
  writeFileSync(path, `${text}Approver Name = officer1;\nApproval File = ${signature};\n`);
  return path;
}

describe.each(names)("by %s", (_, nameOf) => {
  test("no command reads or writes a mark of a shell", async () => {
    const start = emptyHome();
    const mine = await shell(start, "loginHSM CO admin co12345", "server 0");
    const [mark = ""] = readdirSync(join(start.home, "sessions")).map((each) => join(start.home, "sessions", each));
    const file = nameOf(start, mark);
    const before = readFileSync(mark);
    for (const [command, line] of commands) {
      const said = await mine.command(line(file, start));
      expect([command, said]).toEqual([
        command,
        expect.stringMatching(/ (?:belongs to the HSMs|no such file or directory)\n/),
      ]);
    }
    expect(readFileSync(mark)).toEqual(before);
    await quit(mine);
  });
});

test("~/ in the name of a file is the folder of the user", async () => {
  const start = emptyHome();
  const home = join(dirname(start.home), "user");
  mkdirSync(home);
  const mine = await shell({ ...start, environment: { HOME: home } }, "server 0");
  expect(await mine.say("getCert ~/root.crt 4")).toContain("getCert Success");
  expect(readFileSync(join(home, "root.crt"), "utf8")).toContain("BEGIN CERTIFICATE");
  await quit(mine);
});
