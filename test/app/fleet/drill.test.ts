import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runPiped, temporaryFolder } from "../../harness/program.ts";
import { runFleet } from "../../harness/fleet-program.ts";
import { Terminal } from "../../harness/terminal.ts";

const own = `title: Our own day
story: Somebody locked bob out.
clusters:
  - id: cluster-own
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CU, name: bob, password: bobby12345, loginFailures: 5 }
    hsms: [{ id: hsm-own, hostname: h0 }]
faults: [{ hsm: all, kind: delay, ms: 1, request: users.list }]
goals:
  - user: { name: bob, type: CU, locked: false }
hints: [Only an officer can unlock him., changePswd does.]
`;

/** A folder with a drill of our own in a file. */
function withDrill() {
  const folder = temporaryFolder();
  const file = join(folder, "own.yaml");
  writeFileSync(file, own);
  const dir = join(folder, "drill");
  const drill = (...words: readonly string[]) => runFleet(join(folder, "other"), ["drill", ...words]);
  return { folder, file, dir, drill };
}

test("a drill of one's own: started, hinted at, mastered, begun anew", async () => {
  const { file, dir, drill } = withDrill();
  const started = drill("start", file, "--dir", dir);
  expect(started).toMatchObject({ status: 0, stderr: "" });
  expect(started.stdout).toContain(`the shell:  cloudhsm_mgmt_util --home ${dir}/hsms ${dir}/cloudhsm_mgmt_util.cfg\n`);
  expect((statSync(dir).mode & 0o777).toString(8)).toBe("700");
  expect(drill("start", file, "--dir", dir)).toMatchObject({ status: 1, stdout: "" });
  expect(drill("check", "--dir", dir)).toEqual({
    status: 1,
    stdout:
      "not met  bob (CU) is on all HSMs, not locked\n           hsm-own: bob is locked\nnot mastered yet: 0 of 1 goal met\n",
    stderr: "",
  });
  const hints = [1, 2, 3].map(() => drill("hint", "--dir", dir));
  expect(hints.map(({ stdout, status }) => [stdout, status])).toEqual([
    ["Only an officer can unlock him.\n", 0],
    ["changePswd does.\n", 0],
    ["there is no other hint\n", 1],
  ]);
  const start = { words: [join(dir, "cloudhsm_mgmt_util.cfg")], home: join(dir, "hsms") };
  await runPiped(start, "loginHSM CO admin co12345\nchangePswd CU bob bobby67890\ny\nquit\n");
  expect(JSON.parse(drill("check", "--dir", dir, "--json").stdout)).toEqual({
    isMastered: true,
    goals: [{ kind: "user", text: "bob (CU) is on all HSMs, not locked", isMet: true, shortfalls: [] }],
  });
  expect(drill("reset", "--dir", dir).status).toBe(0);
  expect(drill("check", "--dir", dir).status).toBe(1);
  expect(runFleet(join(dir, "hsms"), ["fault", "list"]).stdout).toContain(
    "1  delay at all HSMs, 1 ms, request users.list",
  );
});

test("a drill does not begin among HSMs of something else, and leaves them alone", () => {
  const { file, dir, drill } = withDrill();
  expect(drill("start", "locked-out", "--dir", dir).status).toBe(0);
  rmSync(join(dir, "drill.yaml"));
  const before = readFileSync(join(dir, "cloudhsm_mgmt_util.cfg"), "utf8");
  expect(drill("start", file, "--dir", dir)).toEqual({
    status: 1,
    stdout: "",
    stderr: `cloudhsm-sim: ${dir}/hsms holds HSMs that are not of this drill: name another folder with --dir\n`,
  });
  expect(readFileSync(join(dir, "cloudhsm_mgmt_util.cfg"), "utf8")).toBe(before);
  // As after a start that was killed.
  expect(drill("start", "locked-out", "--dir", dir).status).toBe(0);
});

test("what is wrong is told: no drill, no such drill, a mistake in its file", () => {
  const { file, dir, drill } = withDrill();
  expect(drill("check", "--dir", dir)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      `no drill was started in ${dir}: cloudhsm-sim drill start <name> --dir ${dir}`,
    ) as string,
  });
  expect(drill("start", "no-such-day")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(
      "no-such-day is neither a drill (cloudhsm-sim drill list names them) nor a file",
    ) as string,
  });
  writeFileSync(file, own.replace("locked: false", "lockd: false"));
  expect(drill("show", file)).toEqual({
    status: 2,
    stdout: "",
    stderr: `cloudhsm-sim: ${file}:12:34: goals[0].user has an unknown key: did you mean locked?\n`,
  });
});

test("at a terminal, what is met is green, what is not red", async () => {
  const { folder, file, dir, drill } = withDrill();
  drill("start", file, "--dir", dir);
  const sim = join(root, "dist", "cloudhsm-sim.js");
  const start = { words: [], home: folder };
  const terminal = new Terminal(start, { cols: 100, below: `exec "$1" '${sim}' drill check --dir '${dir}'` });
  await terminal.end();
  expect(terminal.output).toContain("\x1b[31mnot met  \x1b[39mbob (CU) is on all HSMs, not locked");
});

test("the drills that come with the program are listed, with their titles", () => {
  mkdirSync(join(temporaryFolder(), "home"));
  const { drills } = JSON.parse(withDrill().drill("list", "--json").stdout) as {
    readonly drills: readonly { readonly name: string; readonly title: string }[];
  };
  for (const { name, title } of drills) {
    expect(readFileSync(join(root, "drills", `${name}.yaml`), "utf8")).toContain(`title: ${title}\n`);
  }
  expect(drills.map(({ name }) => name)).toContain("officer-on-one-hsm");
});
