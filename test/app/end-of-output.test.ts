import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Start, environmentOf, program, root, temporaryFolder } from "../harness/program.ts";
import { withoutProgress } from "../harness/progress-lines.ts";

/** Runs a line of bash in which `"$@"` is the program; returns what was written to standard error. */
function stderrOf(line: string, start: Start): Promise<string> {
  const words = ["-c", line, "bash", process.execPath, program, ...start.words];
  const child = spawn("/bin/bash", words, { env: environmentOf(start), stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
  return new Promise((resolve) =>
    child.on("close", () => {
      resolve(withoutProgress(text));
    }),
  );
}

const status = 'echo "status $?" >&2';
/** Starts the program only when whoever should read has gone. */
const unread = `trap "" PIPE; { while echo; do :; done 2>/dev/null; "$@"; ${status}; } | true`;
const full = "cloudhsm_mgmt_util: output cannot be written: ENOSPC: no space left on device, write\n";
const wrong = "cloudhsm_mgmt_util: unknown option '--nonsense'\n(cloudhsm_mgmt_util --help shows how to use it)\n";

const ways = {
  help: ["--help"],
  version: ["--version"],
  session: ["--command", "quit", join(root, "test", "sessions", "configurations", "one-hsm.yaml")],
} as const;

describe.each(Object.entries(ways))("the output of %s", (_name, words) => {
  test.each([
    ["that nobody reads", unread, "status 141\n"],
    ["of which one line is read", `{ "$@"; code=$?; echo "status $((code % 141))" >&2; } | head -n 1`, "status 0\n"],
    ["on a full disk", `"$@" >/dev/full; ${status}`, `${full}status 1\n`],
    [
      "on a full disk, which nobody can be told of",
      `exec 9>&2; "$@" >/dev/full 2>&1; echo "status $?" >&9`,
      "status 1\n",
    ],
    ["that is closed", `"$@" >&-; ${status}`, "status 0\n"],
    ["beside a closed standard error", `exec 9>&2; "$@" 2>&-; echo "status $?" >&9`, "status 0\n"],
    ["with everything closed", `exec 9>&2; "$@" <&- >&- 2>&-; echo "status $?" >&9`, "status 0\n"],
  ])("%s", async (_case, line, told) => {
    expect(await stderrOf(line, { words, home: temporaryFolder() })).toBe(told);
  });
});

test.each([
  ["is told", `"$@"; ${status}`, `${wrong}status 2\n`],
  ["on a full disk", `exec 9>&2; "$@" 2>/dev/full; echo "status $?" >&9`, "status 2\n"],
  ["to nobody", `exec 9>&2; "$@" 2>&-; echo "status $?" >&9`, "status 2\n"],
  [
    "to a pipe that nobody reads",
    `exec 9>&2; ${unread.replace('"$@";', '"$@" 2>&1;').replace(">&2", ">&9")}`,
    "status 2\n",
  ],
])("a wrong command line %s", async (_case, line, told) => {
  expect(await stderrOf(line, { words: ["--nonsense"], home: temporaryFolder() })).toBe(told);
});
