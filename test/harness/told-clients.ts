import { expect } from "vitest";
import { returnCodes } from "../../src/hsm/return-code.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Address } from "../../src/store/address.ts";
import type { Home } from "../../src/store/home.ts";

/** How requests may end where others are at work: no more than one of these is told to anybody. */
const expected = new Set([
  "SUCCESS",
  "USER_EXISTS",
  "USER_NOT_FOUND",
  "OBJECT_CONFLICT",
  "LOGIN_FAILURE",
  "USER_LOCKED",
]);

/** What is counted of a request: which it is, on which HSM, and about whom. */
interface Request {
  /** The place of the HSM among those of its cluster. */
  readonly at: number;
  readonly opcode: string;
  /** Whom it is about; undefined where clients do not know. */
  readonly user: string | undefined;
}

/** What many clients of one cluster were told, to be held against the audit logs. */
export class Told {
  readonly counts: Record<string, number> = {};

  /** One client was told the name of a return code. */
  add(request: Request, code: string): void {
    expect(expected).toContain(code);
    if (code !== "SUCCESS" && code !== "LOGIN_FAILURE") return;
    count(this.counts, request, code);
  }
}

function count(counts: Record<string, number>, { at, opcode, user = "" }: Request, code: string): void {
  const key = `${String(at)} ${opcode} ${user} ${code}`;
  counts[key] = (counts[key] ?? 0) + 1;
}

interface Event {
  readonly opcode: string;
  readonly response: number;
  readonly user?: { readonly name: string };
}

/** Whether a user was made by clients, as all whose names begin so are. */
const isMade = (name: string): boolean => /^(?:shared|of_)/.test(name);

/**
 * Looks whether clients have left what some order of their requests leaves, and whether they were told of each that was
 * carried out, and of no other one. Returns how many requests there were.
 *
 * @param victims with whose names logins were tried with a wrong password
 */
export async function expectExplained(
  home: Home,
  addresses: readonly Address[],
  { victims, told }: { readonly victims: readonly string[]; readonly told: Told },
): Promise<number> {
  const counted: Record<string, number> = {};
  let requests = 0;
  for (const [at, address] of addresses.entries()) {
    const store = await home.open(address);
    const events = await store.read((snapshot) => snapshot.events());
    expect(events.map(({ sequence }) => sequence)).toEqual([...events.keys()]);
    requests += events.length;
    const present = new Set<string>();
    const failures = new Map(victims.map((victim) => [victim, 0]));
    for (const { opcode, response, user: about } of events.map(({ text }) => JSON.parse(text) as Event)) {
      const user = about?.name ?? "";
      if (response !== 0 && response !== returnCodes.LOGIN_FAILURE.code) continue;
      if (response !== 0) {
        failures.set(user, (failures.get(user) ?? 0) + 1);
        count(counted, { at, opcode, user }, "LOGIN_FAILURE");
      } else if (isMade(user)) {
        if (opcode === "CN_CREATE_USER") {
          expect(present).not.toContain(user);
          present.add(user);
        } else if (opcode === "CN_DELETE_USER") expect(present.delete(user)).toBe(true);
        else if (opcode === "CN_INSERT_MASKED_OBJECT_USER") present.add(user);
        else continue;
        count(counted, { at, opcode, user: opcode.includes("MASKED") ? undefined : user }, "SUCCESS");
      }
    }
    const hsm = await openHsm(Promise.resolve(store), { clock: () => Date.now() * 1000, presence: home.presence });
    const left = await hsm.users.list();
    expect(
      left
        .map(({ name }) => name)
        .filter(isMade)
        .sort(),
    ).toEqual([...present].sort());
    for (const { name, loginFailures } of left) expect([name, loginFailures]).toEqual([name, failures.get(name) ?? 0]);
  }
  expect(counted).toEqual(told.counts);
  return requests;
}
