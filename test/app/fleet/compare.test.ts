import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Line } from "../../../src/fleet/compare/repair.ts";
import { fileOf } from "../../harness/audit.ts";
import { type Start, environmentOf, lines, root, runPiped } from "../../harness/program.ts";
import { emptyHome } from "../../harness/three-hsms.ts";

/** Runs `cloudhsm-sim compare` on the configuration of a start. */
function compare({ words: [config = ""], home }: Start, ...words: readonly string[]) {
  const sim = join(root, "dist", "cloudhsm-sim.js");
  const all = [sim, "compare", "--config", config, ...words];
  const env = environmentOf({ words: [], home });
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { env, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("it proposes lines that a script can type, and its status says whether all is in step", async () => {
  const start = emptyHome();
  await runPiped(start, lines("loginHSM CO admin co12345", "server 1", "createUser CU bob bob12345", "y", "quit"));
  expect(compare(start, "cluster-a")).toEqual({
    status: 1,
    stdout: `cluster-a, 3 HSMs: 1 out of step

first an officer logs in
     1  loginHSM CO admin -hpswd
        <the password of CO admin>

user 4 bob (CU)
  there on server 1(h1); missing on server 0(h0), server 2(h2)
     2  server 1
     3  syncUser 4 0
     4  syncUser 4 2
     5  exit
`,
    stderr: "",
  });
  const { status, stdout } = compare(start, "--json");
  expect(status).toBe(1);
  const { families } = JSON.parse(stdout) as {
    readonly families: readonly {
      readonly logins: readonly Line[];
      readonly findings: readonly { readonly lines: readonly Line[] }[];
    }[];
  };
  const typed = families
    .flatMap(({ logins, findings }) => [...logins, ...findings.flatMap((finding) => finding.lines)])
    .map((line) => (line.kind === "typed" ? line.text : "co12345"));
  const repair = { ...start, words: ["--bail", ...start.words] };
  expect(await runPiped(repair, lines(...typed, "quit"))).toMatchObject({ status: 0, stderr: "" });
  expect(compare(start)).toEqual({ status: 0, stdout: "cluster-a, 3 HSMs: in step\n", stderr: "" });
});

test("an unknown cluster and an HSM that cannot be read are told of: status 1", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  expect(compare(start, "cluster-b")).toEqual({
    status: 1,
    stdout: "",
    stderr: 'cloudhsm-sim: there is no cluster "cluster-b": there is cluster-a\n',
  });
  writeFileSync(fileOf(start.home, "h2"), "nothing");
  const { status, stdout } = compare(start);
  expect(status).toBe(1);
  expect(stdout).toBe(
    `cluster-a, 2 HSMs: in step\nh2:2225: ${fileOf(start.home, "h2")} is not the file of an HSM: remove it.\n`,
  );
});
