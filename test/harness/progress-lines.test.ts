import { expect, test } from "vitest";
import type { ClusterEntry } from "../../src/config/configuration.ts";
import { Progress } from "../../src/fleet/progress.ts";
import { withoutProgress } from "./progress-lines.ts";

const hsm = {
  id: "hsm-a",
  hostname: "h0",
  port: 2225,
  users: [],
  keys: [],
  minimums: {},
  state: "running" as const,
  place: "c.yaml:1:1",
  places: { users: "", keys: "", minimums: "" },
};
const users = [{ id: 1, type: "CU", name: "bob", password: "bobby12345" }] as const;
const key = { handle: 100, owner: "bob" };
const plan = { id: "c", passwordCost: 14, maxKeys: 10, users, keys: [key], hsms: [hsm] } as unknown as ClusterEntry;

function said(...told: readonly string[]): string {
  return told.map((line) => `cloudhsm_mgmt_util: ${line}\n`).join("");
}

test("what the program says of its course is taken from its stderr, and nothing else", () => {
  const [costly, keysOnly] = [plan, { ...plan, users: [] }].map((each) => {
    const progress = new Progress(new AbortController().signal);
    progress.expect(each, [hsm], { factoryUsers: [] });
    return progress;
  });
  expect(costly?.text).toBe("0 of 1 passwords, 0 of 1 keys, 0 of 1 HSMs");
  expect([costly?.advice, keysOnly?.advice]).not.toContain(undefined);
  const progress = said(
    `creating: ${costly?.text ?? ""}`,
    `creating: ${keysOnly?.text ?? ""}`,
    `creating takes a while: ${costly?.advice ?? ""}`,
    `creating takes a while: ${keysOnly?.advice ?? ""}`,
    "another shell is creating HSMs in /tmp/a b/home: waiting for it",
    "another program changes what is in /tmp/a b/home: waiting for it",
  );
  expect(withoutProgress(progress)).toBe("");
  expect(withoutProgress(progress.replaceAll("cloudhsm_mgmt_util: ", "cloudhsm-sim: "))).toBe("");

  const other = said(
    "creating the HSMs was interrupted: the next start completes it",
    "creating: failed",
    "creating: 1 of 2 passwords and more",
    "creating takes a while: sorry",
    "another shell is creating HSMs in /tmp: failed",
    "WARNING: hsm-b at h1:2225 had no file and was created anew",
  );
  const stack = "    creating: 1 of 2 passwords\n";
  expect(withoutProgress(`${other}${progress}${stack}${progress}x`)).toBe(`${other}${stack}x`);
});
