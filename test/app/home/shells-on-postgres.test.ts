import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { placeNamed } from "../../../src/store/postgres/place.ts";
import { PostgresHome } from "../../../src/store/postgres/postgres-home.ts";
import { createIn } from "../../harness/created-home.ts";
import { isMissing } from "../../harness/debian.ts";
import { runFleetBeside } from "../../harness/fleet-program.ts";
import { PostgresServer } from "../../harness/postgres-server.ts";
import { lines, runPiped, temporaryFolder } from "../../harness/program.ts";
import { Told, expectExplained } from "../../harness/told-clients.ts";

/** How many shells there are at once, and how many rounds each goes on; by hand, twenty for two minutes. */
const shells = Number(process.env["CLOUDHSM_TEST_CLIENTS"] ?? 4);
const rounds = Number(process.env["CLOUDHSM_TEST_ROUNDS"] ?? 4);

const addresses = ["h0", "h1"].map((hostname) => ({ hostname, port: 2225 }));
const victims = Array.from({ length: 8 }, (_, at) => `victim${String(at)}`);
const officers = Array.from({ length: shells }, (_, at) => `officer${String(at)}`);
const people = [...officers.map((name) => ["CO", name]), ...victims.map((name) => ["CU", name])];
const cluster = `clusters:
  - id: c
    passwordCost: 10
    users:
${people.map(([type = "", name = ""], at) => `      - { id: ${String(at + 1)}, type: ${type}, name: ${name}, password: password }`).join("\n")}
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;

const draw = (below: number): number => Math.floor(Math.random() * below);

/** What one officer's shell does: users of its own, users that others make and delete too, copies of some, and logins that fail. */
function script(officer: string): readonly string[] {
  const login = `loginHSM CO ${officer} password`;
  const round = (): readonly string[] => {
    const [shared, own] = [`shared${String(draw(4))}`, `of_${officer}_${String(draw(4))}`];
    const copied = String(people.length + 1 + draw(4 * shells));
    return [
      `createUser CU ${shared} password`,
      `createUser CU ${own} password`,
      ...["server 0", `syncUser ${copied} 1`, "exit"],
      `deleteUser CU ${draw(2) === 0 ? shared : own}`,
      ...["logoutHSM", `loginHSM CU ${victims[draw(victims.length)] ?? ""} not-this-one`, "logoutHSM", login],
    ];
  };
  return [login, ...Array.from({ length: rounds }, round).flat(), "quit"];
}

/** A line of `--output json`, as far as it is looked at here. */
interface Answered {
  readonly line: number;
  readonly command: string;
  readonly servers?: readonly {
    readonly id: number;
    readonly outcome: string;
    readonly error?: { readonly name: string };
  }[];
}

/** The request that changes something behind a command. */
const opcodes: Readonly<Record<string, string>> = {
  createUser: "CN_CREATE_USER",
  deleteUser: "CN_DELETE_USER",
  loginHSM: "CN_LOGIN",
  syncUser: "CN_INSERT_MASKED_OBJECT_USER",
};

/** Adds what a shell was told to that of the others. */
function tell(told: Told, typed: readonly string[], printed: string): void {
  for (const each of printed.trimEnd().split("\n")) {
    const { line, command, servers = [] } = JSON.parse(each) as Answered;
    const opcode = opcodes[command];
    const user = typed[line - 1]?.split(" ")[2];
    if (opcode === undefined || officers.includes(user ?? "")) continue;
    for (const { id, error } of servers) {
      // The first server of a copy is where the user is looked for.
      if (command === "syncUser" && id === 0) continue;
      told.add({ at: id, opcode, user: command === "syncUser" ? undefined : user }, error?.name ?? "SUCCESS");
    }
  }
}

describe.skipIf(isMissing("postgresql"))("many shells, each in a process, on one database", () => {
  const server = PostgresServer.started({ max_connections: "400" });

  test("leave what some order of their commands leaves, beside drills in schemas of their own", async () => {
    const folder = temporaryFolder();
    const home = server.newHome();
    const looking = new PostgresHome(placeNamed(home));
    onTestFinished(() => looking.close());
    await createIn(looking, cluster);
    const config = join(folder, "cluster.yaml");
    writeFileSync(config, cluster);
    const told = new Told();
    const words = ["--home", home, "--yes", "--on-failure", "ignore", "--output", "json", config];
    const shell = async (officer: string): Promise<void> => {
      const typed = script(officer);
      const { status, stdout, stderr } = await runPiped({ words, home: join(folder, officer) }, lines(...typed));
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      tell(told, typed, stdout);
    };
    const drill = async (name: string): Promise<void> => {
      const dir = join(folder, name);
      const apart = server.newHome();
      const started = await runFleetBeside(dir, ["drill", "start", name, "--dir", dir, "--home", apart]);
      expect(started).toMatchObject({ status: 0, stderr: "" });
      expect(await runFleetBeside(dir, ["drill", "check", "--dir", dir])).toMatchObject({ status: 1, stderr: "" });
    };
    await Promise.all([...officers.map(shell), drill("officer-on-one-hsm"), drill("two-ids")]);
    const requests = await expectExplained(looking, addresses, { victims, told });
    // Each shell creates two users on two HSMs in each round, and does more.
    expect(requests).toBeGreaterThan(shells * rounds * 4);
  }, 600_000);
});
