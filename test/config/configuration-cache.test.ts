import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";

const yaml = `clusters:
  - id: cluster-igklspoyj5v
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-udw0tkfg1ab, hostname: 10.0.2.9 }, { id: hsm-lgavqitns2a, hostname: 10.0.3.11 }]
`;

interface Place extends Start {
  readonly config: string;
}

function place(): Place {
  const home = temporaryFolder();
  const config = join(home, "cluster.yaml");
  writeFileSync(config, yaml);
  return { words: [config], home, config };
}

function entries({ home }: Place): readonly string[] {
  const folder = join(home, "state", "cloudhsm_mgmt_util", "servers");
  return readdirSync(folder).map((name) => join(folder, name));
}

const session = lines("info server 1", "loginHSM CO admin co12345", "quit");

describe("what a start remembers of a YAML file", () => {
  test("changes no answer, and holds no password and no user", async () => {
    const start = place();
    const first = await runPiped(start, session);
    const [entry, ...others] = entries(start);
    expect(others).toEqual([]);
    const kept = readFileSync(entry ?? "", "utf8");
    expect(kept).toContain("10.0.3.11");
    expect(kept).not.toMatch(/co12345|admin/);
    expect(statSync(entry ?? "").mode & 0o777).toBe(0o600);
    expect(await runPiped(start, session)).toEqual(first);
    expect(first.stdout).toContain("hsm-lgavqitns2a");
  });

  test("is forgotten when the file says something else", async () => {
    const start = place();
    await runPiped(start, session);
    writeFileSync(start.config, yaml.replace("10.0.3.11", "10.0.3.12"));
    expect((await runPiped(start, session)).stdout).toContain("Connected to server '10.0.3.12'");
    expect(entries(start)).toHaveLength(1);
    writeFileSync(start.config, yaml.replace("10.0.3.11", "10.0.2.9 "));
    expect(await runPiped(start, session)).toMatchObject({ status: 2 });
  });

  test("brings back an HSM whose file was deleted", async () => {
    const start = place();
    await runPiped(start, session);
    for (const name of readdirSync(start.home)) if (name.endsWith(".hsm")) rmSync(join(start.home, name));
    const { stdout, status } = await runPiped(start, session);
    expect(status).toBe(0);
    expect(stdout).toContain("loginHSM success on server 1(10.0.3.11)");
  });

  test.each([
    ["empty", () => ""],
    ["cut off", (kept: string) => kept.slice(0, -9)],
    ["garbage", () => "\0\xff{".repeat(50)],
    ["changed", (kept: string) => kept.replace("10.0.3.11", "10.0.3.99")],
  ])("is not believed when it is %s", async (_, damage) => {
    const start = place();
    const first = await runPiped(start, session);
    const [entry = ""] = entries(start);
    const kept = readFileSync(entry, "utf8");
    writeFileSync(entry, damage(kept));
    expect(await runPiped(start, session)).toEqual(first);
    expect(readFileSync(entry, "utf8")).toBe(kept);
  });
});
