import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { isMissing } from "../../harness/debian.ts";
import { runFleet } from "../../harness/fleet-program.ts";
import { PostgresServer } from "../../harness/postgres-server.ts";
import { environmentOf, lines, root, runPiped, temporaryFolder } from "../../harness/program.ts";

const text = `
clusters:
  - id: a
    passwordCost: 10
    users: [{ id: 1, type: CO, name: admin, password: co12345 }]
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
  - { id: b, passwordCost: 10, hsms: [{ id: hsm-c, hostname: h2 }] }
`;

describe.skipIf(isMissing("postgresql"))("cloudhsm-sim copy", () => {
  const server = PostgresServer.started();

  /** A folder with the HSMs of the configuration, in which bob was created. */
  async function filled() {
    const folder = temporaryFolder();
    const [file, home] = [join(folder, "cluster.yaml"), join(folder, "hsms")];
    writeFileSync(file, text);
    const shell = (at: string, ...typed: readonly string[]) =>
      runPiped({ words: ["--home", at, file], home: folder }, lines(...typed));
    await shell(home, "loginHSM CO admin co12345", "createUser CU bob bobby12345", "y", "quit");
    return { folder, home, shell, copy: (...words: readonly string[]) => runFleet(home, ["copy", ...words]) };
  }

  test("to a database, where a shell works on, and back to a folder", async () => {
    const { folder, home, shell, copy } = await filled();
    const [database, back] = [server.newHome(), join(folder, "back")];
    expect(copy(home, database)).toEqual({
      status: 0,
      stdout: `hsm-a of a at h0:2225\nhsm-b of a at h1:2225\nhsm-c of b at h2:2225\n3 HSMs of 2 clusters copied to ${database}\n`,
      stderr: "",
    });
    const first = await shell(
      database,
      "loginHSM CU bob bobby12345",
      "logoutHSM",
      "loginHSM CO admin co12345",
      "createUser CU carol carol12345",
      "y",
      "quit",
    );
    expect(first.stdout).toContain("loginHSM success on server 1(h1)");
    const answer = copy(database, back, "--json");
    expect([answer.status, answer.stderr, JSON.parse(answer.stdout)]).toEqual([
      0,
      "",
      {
        from: database,
        to: back,
        copied: [
          { hostname: "h0", port: 2225, hsmId: "hsm-a", clusterId: "a" },
          { hostname: "h1", port: 2225, hsmId: "hsm-b", clusterId: "a" },
          { hostname: "h2", port: 2225, hsmId: "hsm-c", clusterId: "b" },
        ],
      },
    ]);
    expect((await shell(back, "loginHSM CU carol carol12345", "quit")).stdout).toContain(
      "loginHSM success on server 1(h1)",
    );
    const again = copy(home, database, "--cluster", "b");
    expect(again).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("empty it with cloudhsm-sim reset") as string,
    });
    expect(copy(home, home)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("cannot be copied to itself") as string,
    });
  });

  test("a damaged HSM: nothing is copied, and what says why is named; its neighbours' cluster can be", async () => {
    const { home, copy } = await filled();
    writeFileSync(join(home, "h1_2225.hsm"), "no HSM any more");
    const database = server.newHome();
    expect(copy(home, database)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("h1:2225") as string,
    });
    expect(runFleet(database, ["status"]).stdout).toBe(`${database} holds no HSM\n`);
    const part = copy(home, database, "--cluster", "b");
    expect(part).toMatchObject({ status: 0, stderr: expect.stringContaining("h1_2225.hsm cannot be read") as string });
    expect(part.stdout).toContain("1 HSM of 1 cluster copied");
  });

  test("killed in the midst: HSMs are there whole or not at all, and the next copy says what to do", async () => {
    const { home, copy } = await filled();
    const database = server.newHome();
    const schema = new URL(database).searchParams.get("schema") ?? "";
    copy(home, database, "--cluster", "b");
    server.ask(`
      CREATE FUNCTION ${schema}.dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(15); RETURN NEW; END $$;
      CREATE TRIGGER dawdle BEFORE INSERT ON ${schema}.place FOR EACH ROW WHEN (NEW.hostname = 'h1') EXECUTE FUNCTION ${schema}.dawdle()`);
    const program = join(root, "dist", "cloudhsm-sim.js");
    const env = environmentOf({ words: [], home });
    const child = spawn(process.execPath, [program, "copy", home, database, "--cluster", "a"], {
      env,
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    while (server.ask(`SELECT count(*) FROM ${schema}.place WHERE hostname = 'h0'`) !== "1") await pause(50);
    child.kill("SIGKILL");
    await ended;
    server.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cloudhsm_mgmt_util'");
    server.ask(`DROP FUNCTION ${schema}.dawdle CASCADE`);
    expect(runFleet(database, ["status"]).stdout).toMatch(/h0:2225 .* 2 users/);
    expect(runFleet(database, ["status"]).stdout).not.toContain("h1:2225");
    const again = copy(home, database, "--cluster", "a");
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining("has an HSM at h0:2225")]);
  });
});
