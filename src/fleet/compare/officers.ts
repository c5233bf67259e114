import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type Line, onServer, typed } from "./repair.ts";
import { type RightUsers, isSameState } from "./right-users.ts";

/** Who logs in where before anything is mended. */
export interface Logins {
  readonly lines: readonly Line[];
  /** The HSMs on which an officer is logged in then. */
  readonly on: ReadonlySet<ImaginedHsm>;
}

/** An officer as it can log in on some HSMs, with one password. */
interface Candidate {
  readonly name: string;
  readonly on: ReadonlyMap<ImaginedHsm, ComparableUser>;
  /** Whether the lines leave it alone: a copy of the officer is no obstacle, but somebody else is better. */
  readonly isSteady: boolean;
}

/**
 * Chooses the officers whose logins the lines take, and logs them in on the imagined HSMs: one who can log in on all
 * servers with one password, else as few as reach every HSM. An officer who is locked, has a second factor or is to be
 * deleted there is none of them.
 *
 * @param everywhere all servers of the configuration, among which a login in global mode goes; undefined where one of them is
 * no HSM that could be read
 * @param needed the HSMs on which the lines do something
 */
export function chooseLogins(
  hsms: readonly ImaginedHsm[],
  everywhere: readonly ImaginedHsm[] | undefined,
  needed: ReadonlySet<ImaginedHsm>,
  right: RightUsers,
): Logins {
  if (needed.size === 0) return { lines: [], on: needed };
  const candidates = candidatesOf(hsms, right);
  const global = candidates.find(({ on }) => everywhere?.every((each) => on.has(each)));
  if (global !== undefined && everywhere !== undefined) {
    for (const on of everywhere) logIn(on, global);
    const word = everywhere[0]?.hsm.passwordWord ?? "";
    return { lines: loginLines(global, undefined, word), on: new Set(everywhere) };
  }
  const { lines, on } = eachItsOwn(candidates, needed);
  const activated = [...needed].filter((each) => !on.has(each)).map((each) => activate(each, right));
  return {
    lines: [...lines, ...activated.flatMap((found) => found?.lines ?? [])],
    on: new Set([...on, ...activated.flatMap((found) => (found === undefined ? [] : [found.on]))]),
  };
}

function eachItsOwn(candidates: readonly Candidate[], needed: ReadonlySet<ImaginedHsm>): Logins {
  const left = new Set(needed);
  const lines: Line[] = [];
  const reached = new Set<ImaginedHsm>();
  const reach = ({ on }: Candidate): number => [...on.keys()].filter((each) => left.has(each)).length;
  for (;;) {
    const [best] = [...candidates].sort((one, other) => reach(other) - reach(one));
    if (best === undefined || reach(best) === 0) return { lines, on: reached };
    for (const on of best.on.keys()) {
      if (!left.delete(on) || on.hsm.server === undefined) continue;
      lines.push(...onServer(on.hsm.server, ...loginLines(best, on.hsm.server.number, on.hsm.passwordWord)));
      logIn(on, best);
      reached.add(on);
    }
  }
}

/** In the order in which they are preferred. */
function candidatesOf(hsms: readonly ImaginedHsm[], { losers }: RightUsers): readonly Candidate[] {
  const found = new Map<string, { readonly name: string; readonly on: Map<ImaginedHsm, ComparableUser> }>();
  const leaving = new Set(losers.flatMap(({ holders }) => holders.map(({ user }) => user)));
  for (const on of hsms) {
    if (on.hsm.server === undefined) continue;
    for (const user of on.users) {
      const { name, type, password, twoFactor } = user;
      if ((type !== "CO" && type !== "PCO") || twoFactor || on.isLocked(user) || leaving.has(user)) continue;
      const key = `${name.toLowerCase()} ${password}`;
      const known = found.get(key) ?? { name, on: new Map<ImaginedHsm, ComparableUser>() };
      found.set(key, known);
      known.on.set(on, user);
    }
  }
  const all = [...found.values()].map((each) => ({ ...each, isSteady: isSteady(each.name, hsms) }));
  return all.sort((one, other) => Number(other.isSteady) - Number(one.isSteady));
}

/** Whether an officer is the same everywhere, without a wrong password that a login would take back on some HSMs only. */
function isSteady(name: string, hsms: readonly ImaginedHsm[]): boolean {
  const all = hsms.map((on) => on.named(name));
  const [first] = all;
  return (
    first !== undefined &&
    all.every((user) => user?.id === first.id && isSameState(user, first) && user.loginFailures === 0)
  );
}

function loginLines({ name }: Candidate, server: number | undefined, word: string): readonly Line[] {
  return [...typed(`loginHSM CO ${name}${word}`), { kind: "password", type: "CO", name, isNew: false, server }];
}

/** A right password takes back the count of wrong ones. */
function logIn(on: ImaginedHsm, { on: users }: Candidate): void {
  const user = users.get(on);
  if (user !== undefined) on.putUser({ ...user, loginFailures: 0 });
}

/** Makes the PRECO of an HSM that was never activated the officer that it is elsewhere: a copy brings the password of that one. */
function activate(
  on: ImaginedHsm,
  { winners }: RightUsers,
): { readonly lines: readonly Line[]; readonly on: ImaginedHsm } | undefined {
  const { passwordWord, server } = on.hsm;
  const preco = [...on.users].find((user) => user.type === "PRECO" && !on.isLocked(user));
  const officer = winners.find(
    ({ id, type, name }) => id === preco?.id && type === "CO" && name === preco.name.toLowerCase(),
  );
  if (server === undefined || preco === undefined || officer === undefined) return undefined;
  const { name } = preco;
  const chosen = { kind: "password", type: "CO", name, isNew: true, server: server.number } as const;
  const known = { kind: "password", type: "PRECO", name, isNew: false, server: server.number } as const;
  const login = [...typed(`loginHSM PRECO ${name}${passwordWord}`), known];
  const change = [...typed(`changePswd PRECO ${name}${passwordWord}`), chosen, chosen, ...typed("y")];
  on.putUser({
    ...preco,
    type: "CO",
    loginFailures: 0,
    password: `new ${on.id}`,
    quorumKey: undefined,
    twoFactor: false,
    keptFrom: "",
  });
  return { lines: onServer(server, ...login, ...change), on };
}
