import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { launchersIn } from "../harness/launchers.ts";
import { environmentOf, root, temporaryFolder } from "../harness/program.ts";

const page = readFileSync(join(root, "docs", "ci.md"), "utf8");

/** The one block of a language on the page. */
function block(language: string): string {
  const [found, other] = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))];
  if (found?.[1] === undefined || other !== undefined) throw new Error(`there is not one block of ${language}`);
  return found[1];
}

/** Runs a shell script with both programs on the path. */
function run(script: string) {
  const folder = temporaryFolder();
  const bin = launchersIn(join(folder, "bin"));
  const env = environmentOf({ words: [], home: join(folder, "home") });
  const path = `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
  return spawnSync("sh", ["-c", script], {
    env: { ...env, PATH: path, TMPDIR: folder },
    cwd: folder,
    encoding: "utf8",
  });
}

test("the script of the page masters its drill, and fails without one of its lines", () => {
  const script = block("sh");
  const whole = run(script);
  expect({ status: whole.status, last: whole.stdout.trimEnd().split("\n").at(-1) }).toEqual({
    status: 0,
    last: "mastered: all goals are met",
  });
  const part = run(script.replace("syncUser 4 2\n", ""));
  expect({ status: part.status, last: part.stdout.trimEnd().split("\n").at(-1) }).toEqual({
    status: 1,
    last: "not mastered yet: 2 of 4 goals met",
  });
  const wrong = run(script.replace("syncUser 4 1", "syncUser 4 9"));
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toContain("syncUser 4 9: failed");
});

test("the workflow file is one, and runs a script", () => {
  const { jobs } = parse(block("yaml")) as {
    readonly jobs: { readonly rehearse: { readonly steps: readonly { readonly run?: string }[] } };
  };
  expect(jobs.rehearse.steps.at(-1)?.run).toBe("sh runbooks/officer-on-one-hsm.sh");
});
