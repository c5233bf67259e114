import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { root, temporaryFolder } from "../../harness/program.ts";

const document = readFileSync(join(root, "docs", "translate.md"), "utf8");
const samples = [...document.matchAll(/^\$ cat (\S+)\n([^]*?)^\$ cloudhsm-sim translate \1\n([^]*?)^```$/gm)].map(
  ([, name = "", script = "", sample = ""]) => [name, script, sample] as const,
);

test("the document has samples", () => {
  expect(samples.map(([name]) => name)).toEqual(["new-user.txt", "new-user.sh"]);
});

test.each(samples)(
  "%s: what the document shows is printed, and the status says that something has no counterpart",
  (name, script, sample) => {
    const home = temporaryFolder();
    const file = join(home, name);
    writeFileSync(file, script);
    expect(runFleet(home, ["translate", file])).toEqual({ status: 1, stdout: sample, stderr: "" });
  },
);

test("standard input is a script, too, and JSON has the same", () => {
  const { status, stdout } = runFleet(
    temporaryFolder(),
    ["translate", "-", "--json"],
    "createUser CU bob bob12345\ny\nquit\n",
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    tools: ["cloudhsm_mgmt_util"],
    lines: [
      { line: 1, text: "createUser CU bob ***", new: ["user create --username bob --role crypto-user"], missing: null },
      { line: 2, text: "y", new: [], missing: null },
      { line: 3, text: "quit", new: ["quit"], missing: null, notes: [] },
    ],
    missing: 0,
  });
});

test("a script without a line for an old tool has nothing to translate", () => {
  const { status, stdout } = runFleet(temporaryFolder(), ["translate", "-"], "\n\n");
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: "there is nothing to translate: no line of an old tool, and no call of one\n",
  });
});

test("a file that is not there is named, with status 2", () => {
  const home = temporaryFolder();
  const missing = runFleet(home, ["translate", join(home, "missing.txt")]);
  expect(missing).toMatchObject({ status: 2, stdout: "" });
  expect(missing.stderr).toContain("missing.txt cannot be read: no such file: give the path of a script");
  const folder = runFleet(home, ["translate", home]);
  expect(folder).toMatchObject({ status: 2, stdout: "" });
  expect(folder.stderr).toContain("cannot be read: it is a folder: name a script in it");
  expect(runFleet(home, ["translate"]).status).toBe(2);
  expect(runFleet(home, ["translate", "-", "--from", "other"]).status).toBe(2);
});
