import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Comparison } from "../../../src/fleet/compare/compare-home.ts";
import { keyOf } from "../../../src/fleet/compare/repair.ts";
import type { Hsm } from "../../../src/hsm/hsm.ts";
import { HsmError } from "../../../src/hsm/return-code.ts";
import { plainComparison } from "../../harness/plain-comparison.ts";
import { type Passwords, RehearsedHome } from "../../harness/rehearsed-home.ts";
import { credentials, logIn } from "../../harness/tested-hsm.ts";

const people = [
  ["CO", "admin"],
  ["CO", "officer1"],
  ["CU", "alice"],
  ["CU", "bob"],
  ["CU", "carol"],
] as const;
const hosts = ["h0", "h1", "h2"] as const;

const common = people.map(
  ([type, name], at) => `      - { id: ${String(at + 1)}, type: ${type}, name: ${name}, password: first12345 }`,
);
const cluster = `clusters:
  - id: cluster-a
    passwordCost: 10
    users:
${common.join("\n")}
    keys:
      - { handle: 10, type: AES, size: 256, label: a, owner: alice, sharedWith: [bob] }
      - { handle: 20, publicHandle: 21, type: EC, curve: P-256, label: b, owner: bob }`;

/** Keys that some HSMs have for themselves, since no request makes or deletes one; and users that cannot all stay. */
const beginnings = [
  `${cluster}
    hsms:
      - { id: hsm-a, hostname: h0, keys: [{ handle: 30, type: AES, size: 128, owner: alice, sharedWith: [carol] }] }
      - { id: hsm-b, hostname: h1, keys: [{ handle: 40, type: 3DES, owner: bob }] }
  - id: cluster-b
    cloneOf: cluster-a
    passwordCost: 11
    hsms: [{ id: hsm-c, hostname: h2, keys: [{ handle: 50, type: AES, size: 128, owner: carol }] }]
`,
  `${cluster}
    hsms:
      - id: hsm-a
        hostname: h0
        users: [{ id: 6, type: CU, name: dave, password: first12345 }]
        keys: [{ handle: 30, type: AES, size: 128, owner: dave }, { handle: 60, type: AES, size: 128, owner: alice }]
      - id: hsm-b
        hostname: h1
        users: [{ id: 6, type: CU, name: erin, password: first12345 }]
        keys: [{ handle: 40, type: 3DES, owner: erin }, { handle: 60, type: AES, size: 128, owner: alice }]
      - { id: hsm-c, hostname: h2, users: [{ id: 1, type: CO, name: admin, password: first12345 }] }
`,
];

const owners = { 10: "alice", 20: "bob", 21: "bob", 30: "alice", 40: "bob", 50: "carol", 60: "alice" } as const;

let origins: readonly RehearsedHome[];
beforeAll(async () => {
  origins = await Promise.all(beginnings.map((text) => RehearsedHome.of(text)));
});

const host = fc.constantFrom(...hosts);
const name = fc.constantFrom("admin", "officer1", "alice", "bob", "dave", "dave", "erin", "frank");
const type = fc.constantFrom("CU", "CU", "CO");
const password = fc.constantFrom("first12345", "second12345", "third12345");
const officer = fc.constantFrom("admin", "admin", "officer1");
const handle = fc.constantFrom(
  10 as const,
  20 as const,
  21 as const,
  30 as const,
  40 as const,
  50 as const,
  60 as const,
);
const change = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), host, officer, type, name, password }),
  fc.record({ kind: fc.constant("delete" as const), host, officer, name }),
  fc.record({ kind: fc.constant("password" as const), host, officer, name, password }),
  fc.record({ kind: fc.constant("fail" as const), host, name, times: fc.constantFrom(1, 2, 5) }),
  fc.record({
    kind: fc.constant("attribute" as const),
    host,
    handle,
    id: fc.constantFrom(3, 134, 260, 261, 262, 268, 370, 528, 1073742353),
    value: fc.constantFrom("0", "1"),
  }),
  fc.record({
    kind: fc.constant("share" as const),
    host,
    handle,
    user: fc.integer({ min: 3, max: 7 }),
    share: fc.boolean(),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A cluster that drifts: each change is made on one HSM by those who may, and one that it refuses changes nothing. */
class Drift {
  readonly home: RehearsedHome;
  readonly #passwords = new Map<string, string>();

  constructor(origin: RehearsedHome) {
    this.home = origin.copy();
  }

  readonly passwordOf: Passwords = (at, user) => this.#passwords.get(`${at} ${user.toLowerCase()}`) ?? "first12345";

  async make(change: Change): Promise<void> {
    const shell = this.home.enter();
    try {
      await this.#carryOut(await this.home.connect(change.host, shell), change);
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
    } finally {
      await shell.close();
    }
  }

  async #carryOut(hsm: Hsm, change: Change): Promise<void> {
    const as = async (who: string, what: string): Promise<number> => {
      const { session } = await logIn(hsm, what, who, this.passwordOf(change.host, who));
      return session;
    };
    switch (change.kind) {
      case "create": {
        const session = await as(change.officer, "CO");
        await hsm.users.create(session, credentials(change.type, change.name, change.password));
        this.#passwords.set(`${change.host} ${change.name}`, change.password);
        return hsm.logins.logout(session);
      }
      case "delete": {
        const session = await as(change.officer, "CO");
        const { type: found } = await hsm.users.find(change.name);
        await hsm.users.delete(session, { type: found, name: change.name });
        return hsm.logins.logout(session);
      }
      case "password": {
        const session = await as(change.officer, "CO");
        const { type: found } = await hsm.users.find(change.name);
        await hsm.users.changePassword(session, credentials(found, change.name, change.password));
        this.#passwords.set(`${change.host} ${change.name}`, change.password);
        return hsm.logins.logout(session);
      }
      case "fail": {
        const { type: found } = await hsm.users.find(change.name);
        for (let time = 0; time < change.times; time++) {
          await logIn(hsm, found, change.name, "wrong12345").catch((error: unknown) => {
            if (!(error instanceof HsmError)) throw error;
          });
        }
        return undefined;
      }
      case "attribute": {
        const owner = owners[change.handle];
        const session = change.id === 134 ? await as("admin", "CO") : await as(owner, "CU");
        await hsm.keys.setAttribute(session, change.handle, change.id, change.value);
        return hsm.logins.logout(session);
      }
      case "share": {
        const session = await as(owners[change.handle], "CU");
        await hsm.keys.share(session, change.handle, [change.user], change.share);
        return hsm.logins.logout(session);
      }
    }
  }
}

/** What was found, as the plain comparison names it. */
function foundIn({ families }: Comparison): readonly string[] {
  return families
    .flatMap(({ findings }) => findings)
    .flatMap(({ subject, differences }) =>
      differences.map(
        ({ aspect, attribute }) => `${keyOf(subject)} ${aspect}${attribute === undefined ? "" : ` ${attribute}`}`,
      ),
    )
    .sort();
}

test("whatever drifts apart is found, and the lines that are proposed mend all that they do not call beyond mending", async () => {
  let [lines, beyond] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 1 }),
      fc.array(change, { minLength: 1, maxLength: 20, size: "max" }),
      async (from, changes) => {
        const origin = origins[from];
        if (origin === undefined) throw new Error("no such beginning");
        const drift = new Drift(origin);
        for (const each of changes) await drift.make(each);
        const stores = hosts.map((at) => drift.home.store(at));
        const before = await drift.home.compare();
        expect(foundIn(before)).toEqual(await plainComparison(stores));
        const [family] = before.families;
        if (family === undefined || before.families.length > 1) throw new Error("the clone is not of the family");
        expect(family.findings.flatMap((finding) => finding.before)).toEqual([]);
        await drift.home.type(family, drift.passwordOf);
        const after = await drift.home.compare();
        const stuck = new Set(
          family.findings.filter(({ obstacles }) => obstacles.length > 0).map(({ subject }) => keyOf(subject)),
        );
        const left = after.families.flatMap(({ findings }) => findings);
        expect(left.filter(({ subject }) => !stuck.has(keyOf(subject)))).toEqual([]);
        expect(left.flatMap((finding) => finding.lines)).toEqual([]);
        lines += family.findings.flatMap((finding) => finding.lines).length;
        beyond += stuck.size;
      },
    ),
    { numRuns: 50 },
  );
  expect(lines).toBeGreaterThan(200);
  expect(beyond).toBeGreaterThan(0);
});
