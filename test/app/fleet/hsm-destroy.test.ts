import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { lines, runPiped } from "../../harness/program.ts";
import { emptyHome, shell } from "../../harness/three-hsms.ts";

test("an HSM is replaced in its configuration, and one that is destroyed is missed by the next start", async () => {
  const start = emptyHome();
  const [config = ""] = start.words;
  const open = await shell(start, "loginHSM CO admin co12345");
  const busy = runFleet(start.home, ["hsm", "replace", "hsm-b"]);
  expect(busy).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("a shell has the HSM") as string,
  });
  await open.command("createUser CU bob bob12345");
  await open.command("y");
  await open.command("quit");
  await open.end();

  const unlisted = runFleet(start.home, ["hsm", "replace", "hsm-b", "--json"]);
  const { hsm, replaced, from } = JSON.parse(unlisted.stdout) as Record<string, { readonly id: string }>;
  expect({ replaced, from }).toEqual({ replaced: "hsm-b", from: "hsm-a" });
  const stale = await runPiped(start, lines("quit"));
  expect(stale).toMatchObject({ status: 2 });
  expect(stale.stderr).toContain(`hsm-b at h1:2225 was replaced by ${hsm?.id ?? ""}: write that id in its place`);

  const before = readFileSync(config, "utf8");
  expect(runFleet(start.home, ["hsm", "replace", "h2:2225", "--config", config])).toMatchObject({
    status: 0,
    stderr: "",
  });
  expect(readFileSync(config, "utf8").replace(/hsm-[a-z2-7]{11}/, "hsm-c")).toBe(before);

  const destroyed = runFleet(start.home, ["hsm", "destroy", "H0", "--config", config]);
  expect(destroyed).toMatchObject({
    status: 0,
    stdout: "hsm-a at h0:2225 is destroyed, and no start creates it anew\n",
  });
  expect(destroyed.stderr).toContain("still lists h0:2225");
  const next = await runPiped(start, lines("quit"));
  expect(next).toMatchObject({ status: 1 });
  expect(next.stderr).toContain("hsm-a at h0:2225 was destroyed, and is not created anew");

  // What is told to bring it back does, and a .cfg that lists its address is not stale then.
  const told = runFleet(start.home, ["compare", "--config", config]).stdout;
  const [, words = ""] = /h0:2225 was destroyed: cloudhsm-sim (.+)/.exec(told) ?? [];
  const cfg = join(start.home, "servers.cfg");
  const servers = ["h0", "h1"].map((hostname) => ({ name: hostname, hostname, port: 2225, enable: "yes" }));
  writeFileSync(cfg, JSON.stringify({ servers }));
  expect(runFleet(start.home, [...words.split(" "), "--config", cfg])).toMatchObject({ status: 0, stderr: "" });
});
