import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundledDrills, drillFile } from "../../../src/config/bundled-drills.ts";
import type { Drill } from "../../../src/config/drill.ts";
import { readDrill } from "../../../src/config/drill-file.ts";
import { baselineOf } from "../../../src/fleet/drills/baseline.ts";
import { checkGoals } from "../../../src/fleet/drills/check-goals.ts";
import type { DrillRecord } from "../../../src/fleet/drills/drill-record.ts";
import type { LimitsOf } from "../../../src/config/dialect-name.ts";
import { modelOf } from "../../../src/simulator/models/models.ts";
import type { Home } from "../../../src/store/home.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { createFrom } from "../../harness/created-home.ts";
import { FaultyShell } from "../../harness/faulty-cluster.ts";
import { root } from "../../harness/program.ts";
import { sessionFolder } from "../../harness/session-player.ts";

const limitsOf: LimitsOf = (dialect = "aws") => modelOf({ model: dialect }).limits;

interface Begun {
  readonly drill: Drill;
  readonly home: Home;
  readonly record: DrillRecord;
}

/** A shipped drill as it begins. */
async function begin(name: string): Promise<Begun> {
  const file = drillFile(name);
  const drill = readDrill(file, readFileSync(file, "utf8"), limitsOf);
  const home = new MemoryHome(new MemoryPlace());
  await createFrom(home, drill.configuration, modelOf({ model: drill.configuration.dialect ?? "aws" }));
  const secret = randomBytes(32);
  const baseline = await baselineOf(home, secret);
  return { drill, home, record: { started: 0, hints: 0, secret: secret.toString("base64"), baseline } };
}

/** The kinds of the goals that are not met. */
async function unmet({ drill, home, record }: Begun): Promise<readonly string[]> {
  const checked = await checkGoals(home, drill.goals, record);
  return checked.flatMap(({ goal, shortfalls }) => (shortfalls.length > 0 ? [goal.kind] : []));
}

/** Who is able to change passwords at all: where not admin, whose turn it is. */
const logins: Readonly<Record<string, string>> = {
  "locked-out": "CO officer2 officer23456",
  "azure-node-was-down": "CO admin adminpassword",
  "azure-keys-out-of-step": "CO admin adminpassword",
  "azure-wrapping-key": "CO admin adminpassword",
  "officer-leaves-under-quorum": "CU crypto_user1 user12345",
};

/** Gives every user a new password on all HSMs, which makes them all alike. */
async function setAllAnew(name: string, { drill, home }: Begun): Promise<void> {
  const clusters = await drill.configuration.clusters();
  const hsms = clusters.flatMap((cluster) => cluster.hsms);
  const users = [...clusters.flatMap((cluster) => cluster.users ?? []), ...hsms.flatMap((hsm) => hsm.users)];
  const { shell } = new FaultyShell(home, hsms);
  await shell.command(`loginHSM ${logins[name] ?? "CO admin co12345"}`);
  for (const user of new Set(users.filter(({ type }) => type !== "AU").map((each) => `${each.type} ${each.name}`)))
    await shell.command(`changePswd ${user} overEager1`, (question) => (question.includes("(y/n)") ? "y" : "I"));
  await shell.cluster.disconnect();
}

test("there are eleven of AWS's, and three that speak Azure's", () => {
  expect(bundledDrills()).toHaveLength(14);
  expect(bundledDrills().filter((name) => name.startsWith("azure-"))).toHaveLength(3);
});

describe.each(bundledDrills())("%s", (name) => {
  test("fails at its beginning, when nothing has been touched; an over-eager repair shows as such", async () => {
    const begun = await begin(name);
    const untouched = begun.drill.goals.flatMap(({ kind }) => (kind === "untouched" ? [kind] : []));
    expect(untouched).not.toEqual([]);
    const atFirst = await unmet(begun);
    expect(atFirst).not.toEqual([]);
    expect(atFirst).not.toContain("untouched");
    await setAllAnew(name, begun);
    expect((await unmet(begun)).filter((kind) => kind === "untouched")).toEqual(untouched);
  });

  test("has hints, a page that the list of drills links, and a session that masters it", () => {
    const file = drillFile(name);
    expect(readDrill(file, readFileSync(file, "utf8"), limitsOf).hints.length).toBeGreaterThanOrEqual(2);
    const pages = join(root, "docs", "drills");
    expect(readFileSync(join(pages, `${name}.md`), "utf8")).toContain(`cloudhsm-sim drill start ${name}`);
    expect(readFileSync(join(pages, "README.md"), "utf8")).toContain(`[${name}](${name}.md)`);
    const session = readFileSync(join(sessionFolder, `drill-${name}.txt`), "utf8");
    expect(session).toMatch(
      new RegExp(
        `\\$ cloudhsm-sim drill start ${name}\n[^]*\nnot mastered yet: .*\n\\[exit status 1\\]\n[^]*\nmastered: all goals are met\n$`,
      ),
    );
  });
});

test("trust for the wrong key of azure-wrapping-key is caught: it is there for good", async () => {
  const begun = await begin("azure-wrapping-key");
  const { shell } = new FaultyShell(begun.home, begun.drill.configuration.servers);
  await shell.command("loginHSM CO admin adminpassword");
  const trust = async (handle: number, value: number) => {
    await shell.command(`setAttribute ${String(handle)} 134 ${String(value)}`, (question) =>
      question.includes("(y/n)") ? "y" : "I",
    );
    return unmet(begun);
  };
  expect(await trust(262150, 1)).not.toContain("untouched");
  expect(await trust(262160, 1)).toContain("untouched");
  expect(await trust(262160, 0)).toContain("untouched");
  await shell.cluster.disconnect();
});

test("the drill of docs/drills/README.md is one", () => {
  const [, text = ""] =
    /^```yaml\n([^]*?)^```$/m.exec(readFileSync(join(root, "docs", "drills", "README.md"), "utf8")) ?? [];
  expect(readDrill("our-day.yaml", text, limitsOf)).toMatchObject({
    title: "Bob is locked on one HSM",
    logins: [{ name: "carol" }],
    goals: [{ kind: "user" }, { kind: "untouched" }],
  });
});
