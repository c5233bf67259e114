import { expect, test } from "vitest";
import { listedUsers } from "../durability/expected-users.ts";
import { type AuditedEvent, auditLog, loginsOf, sinceCreation } from "../harness/audit.ts";
import { atOnce, cluster, emptyHome, quit, shell } from "../harness/three-hsms.ts";

/** Users of the first HSM only, by id: each shell copies them in an order of its own. */
const own = [4, 5, 6, 7, 8, 9];

function repeated(ids: readonly number[]): readonly number[] {
  return [0, 1, 2, 3].flatMap(() => ids);
}

const configuration = cluster.replace(
  "{ id: hsm-a, hostname: h0 }",
  `{ id: hsm-a, hostname: h0, users: [${own
    .map((id) => `{ id: ${String(id)}, type: CU, name: user${String(id)}, password: password${String(id)} }`)
    .join(", ")}] }`,
);

const officers = [
  { name: "admin", password: "co12345", order: repeated(own) },
  { name: "officer1", password: "officer12345", order: repeated(own.toReversed()) },
] as const;

/** The N-th password that an officer gives alice. */
const passwordBy = (officer: string, turn: number) => `${officer}-password-${String(turn)}`;

/** What alice's password was on the first HSM whenever a user was taken from there, by officer and turn. */
function passwordsTaken(events: readonly AuditedEvent[]): ReadonlyMap<string, readonly string[]> {
  const by = loginsOf(events);
  const turns = new Map<string, number>();
  const taken = new Map<string, string[]>();
  let password = "alice12345";
  for (const { opcode, response, session } of events) {
    const officer = by.get(session) ?? "";
    if (response !== 0) continue;
    if (opcode === "CN_CHANGE_PSWD") {
      const turn = turns.get(officer) ?? 0;
      password = passwordBy(officer, turn);
      turns.set(officer, turn + 1);
    }
    if (opcode === "CN_EXTRACT_MASKED_OBJECT_USER") taken.set(officer, [...(taken.get(officer) ?? []), password]);
  }
  return taken;
}

/** Alice's password on the second HSM: that of the copy that came last. */
function passwordBrought(events: readonly AuditedEvent[], taken: ReadonlyMap<string, readonly string[]>): string {
  const by = loginsOf(events);
  const turns = new Map<string, number>();
  let password = "alice12345";
  for (const { opcode, response, session, user } of events) {
    if (response !== 0 || opcode !== "CN_INSERT_MASKED_OBJECT_USER") continue;
    const officer = by.get(session) ?? "";
    const turn = turns.get(officer) ?? 0;
    turns.set(officer, turn + 1);
    if (user === "alice") password = taken.get(officer)?.[turn] ?? "";
  }
  return password;
}

test("two shells that copy users at once leave what some order of their copies leaves", async () => {
  const start = emptyHome(configuration);
  const shells = await Promise.all(
    officers.map(({ name, password }) => shell(start, `loginHSM CO ${name} ${password}`, "server 0")),
  );
  const [one, other] = shells;
  if (one === undefined || other === undefined) throw new Error("two shells are wanted");
  const script = ({ name, order }: (typeof officers)[number]) =>
    order.flatMap((id, turn) => [
      `changePswd CU alice ${passwordBy(name, turn)}`,
      "syncUser 3 1",
      `syncUser ${String(id)} 1`,
    ]);
  const said = (await atOnce([one, script(officers[0])], [other, script(officers[1])])).join("");
  await quit(one, other);

  const copies = 2 * officers[0].order.length + 2 * officers[1].order.length;
  expect(said.match(/^syncUser success$/gm)).toHaveLength(copies);
  const [from, to] = [sinceCreation(auditLog(start.home, "h0")), sinceCreation(auditLog(start.home, "h1"))];
  const count = (events: readonly AuditedEvent[], wanted: string) =>
    events.filter(({ opcode, response }) => opcode === wanted && response === 0).length;
  expect(count(from, "CN_EXTRACT_MASKED_OBJECT_USER")).toBe(copies);
  expect(count(to, "CN_INSERT_MASKED_OBJECT_USER")).toBe(copies);

  const onlooker = await shell(start);
  const [source, destination, third] = listedUsers(await onlooker.command("listUsers"));
  expect(destination).toEqual(source);
  expect(third?.map(({ name }) => name)).toEqual(["admin", "officer1", "alice"]);
  await onlooker.say("server 1");
  const alice = passwordBrought(to, passwordsTaken(from));
  expect(await onlooker.say(`loginHSM CU alice ${alice}`)).toContain("loginHSM success\n");
  for (const id of own) {
    const line = `loginHSM CU user${String(id)} password${String(id)}`;
    expect(await onlooker.say(line)).toContain("loginHSM success\n");
  }
  await quit(onlooker);
});
