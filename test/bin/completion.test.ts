import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, Command, Option } from "commander";
import { expect, test } from "vitest";
import { completionFor } from "../../src/bin/completion/completion.ts";
import { outlineOf } from "../../src/bin/outline.ts";
import { runFleet } from "../harness/fleet-program.ts";
import { temporaryFolder } from "../harness/program.ts";

/** A program with all that a declaration can hold, and texts that a shell would read otherwise. */
function declared(): Command {
  const program = new Command("try-it").option("--loud", "it's $(loud) `now`: yes\\");
  const group = program.command("group").summary("a 'group'").option("--home <dir>", "a folder");
  group
    .command("add")
    .addOption(new Option("-k, --kind <kind>", "which").choices(["drop", "delay"]))
    .option("--file <file>", "a file")
    .option("--count <n>", "a number");
  program.command("pick").addArgument(new Argument("<one>").choices(["first", "second"]));
  return program;
}

/** Writes a script where a shell finds it. */
function written(script: string): string {
  const path = join(temporaryFolder(), "script");
  writeFileSync(path, script);
  return path;
}

/** What bash proposes for the last of these words. */
function proposed(script: string, words: readonly string[]): readonly string[] {
  const [program = ""] = words;
  const asked = `
    source "$1"; shift
    [[ "$(complete -p ${program})" =~ -F\\ ([^ ]+) ]]
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    "\${BASH_REMATCH[1]}" 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["-c", asked, "bash", script, ...words], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}

test.each([
  [
    ["try-it", ""],
    ["group", "pick", "--loud", "-h", "--help"],
  ],
  [["try-it", "--loud", "g"], ["group"]],
  [
    ["try-it", "group", ""],
    ["add", "--home", "-h", "--help"],
  ],
  [["try-it", "group", "add", "--k"], ["--kind"]],
  [
    ["try-it", "group", "add", "-k", "d"],
    ["drop", "delay"],
  ],
  [["try-it", "group", "add", "--file", ""], []],
  [["try-it", "group", "add", "--count", ""], []],
  [["try-it", "pick", "s"], ["second"]],
])("bash proposes behind %j what was declared", (words, proposals) => {
  const script = written(completionFor("bash", [outlineOf(declared())]));
  expect(proposed(script, words)).toEqual(proposals);
});

test("the printed script completes all programs in bash", () => {
  const { status, stdout } = runFleet(temporaryFolder(), ["completion", "bash"]);
  expect(status).toBe(0);
  const script = written(stdout);
  expect(proposed(script, ["cloudhsm-sim", "sta"])).toEqual(["status"]);
  expect(proposed(script, ["cloudhsm-sim", "fault", "add", "--kind", "no"])).toEqual(["no-e2e"]);
  expect(proposed(script, ["cloudhsm_mgmt_util", "--output", "j"])).toEqual(["json"]);
  expect(proposed(script, ["key_mgmt_util", "--ho"])).toEqual(["--home"]);
  expect(runFleet(temporaryFolder(), ["completion", "tcsh"])).toMatchObject({ status: 2 });
});

/** Whether a shell is there: those that are not cannot say what they make of a script. */
const isThere = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

test.each(["zsh", "fish"] as const)(
  "the script for %s has no mistake, as far as that shell is there to say so",
  (shell) => {
    const script = completionFor(shell, [outlineOf(declared())]);
    expect(script).toMatch(/'drop'? '?delay'/);
    expect(script).toContain("try-it");
    if (!isThere(shell)) return;
    const { status, stderr } = spawnSync(shell, ["-n", written(script)], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  },
);
