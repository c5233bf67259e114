import type { UserType } from "../../hsm/user.ts";
import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";

/** A user on an HSM. */
export interface Holder {
  readonly on: ImaginedHsm;
  readonly user: ComparableUser;
}

/** A user by what no copy changes: id, type and name. */
export interface Identity {
  readonly id: number;
  readonly type: UserType;
  /** In lower case. */
  readonly name: string;
  readonly holders: readonly Holder[];
}

/** Which users all HSMs are to have. */
export interface RightUsers {
  readonly winners: readonly Identity[];
  /** Those that cannot stay beside a winner of the same id or name. */
  readonly losers: readonly Identity[];
}

/**
 * Decides who is to be on all HSMs: everybody, but where two have one id, or one user has two, the side that leaves least
 * to do. In this order: fewest who cannot be deleted where they must go, fewest names lost, fewest deletions, and then
 * the side of the first HSM.
 */
export function rightUsers(hsms: readonly ImaginedHsm[]): RightUsers {
  const all = identitiesOf(hsms);
  const crowded = new Set([...shared(all, ({ id }) => id), ...shared(all, ({ name }) => name)]);
  if (crowded.size === 0) return { winners: all, losers: [] };
  const contested = all.filter((each) => crowded.has(each));
  const sides = hsms.map((base) => sideOf(contested, base));
  const [best = sides[0]] = sides.sort((one, other) => compared(one.cost, other.cost));
  const losers = new Set(best?.losers ?? []);
  return { winners: all.filter((each) => !losers.has(each)), losers: [...losers] };
}

function identitiesOf(hsms: readonly ImaginedHsm[]): readonly Identity[] {
  const found = new Map<number, (Identity & { readonly holders: Holder[] })[]>();
  for (const on of hsms) {
    for (const user of on.users) {
      const { id, type } = user;
      const sameId = found.get(id) ?? [];
      found.set(id, sameId);
      const known = sameId.find((each) => each.type === type && hasName(each, user));
      if (known === undefined) sameId.push({ id, type, name: user.name.toLowerCase(), holders: [{ on, user }] });
      else known.holders.push({ on, user });
    }
  }
  return [...found.values()].flat().sort((one, other) => one.id - other.id);
}

/** Without regard to case; most write a name in one way. */
function hasName({ name, holders: [first] }: Identity, user: ComparableUser): boolean {
  return first?.user.name === user.name || name === user.name.toLowerCase();
}

/** Those that have something in common with another one. */
function shared(all: readonly Identity[], part: (identity: Identity) => number | string): readonly Identity[] {
  const groups = new Map<number | string, Identity[]>();
  for (const each of all) groups.set(part(each), [...(groups.get(part(each)) ?? []), each]);
  return [...groups.values()].filter(({ length }) => length > 1).flat();
}

interface Side {
  readonly losers: readonly Identity[];
  readonly cost: readonly number[];
}

/** Lets in first whom nobody can delete, then those of one HSM, then those of most HSMs; a PRECO last, whom activation ends. */
function sideOf(contested: readonly Identity[], base: ImaginedHsm): Side {
  const priority = (each: Identity): readonly number[] => [
    each.type === "AU" ? 0 : 1,
    each.type === "PRECO" ? 1 : 0,
    each.holders.some(({ on }) => on === base) ? 0 : 1,
    -each.holders.length,
  ];
  const order = [...contested].sort((one, other) => compared(priority(one), priority(other)));
  const [ids, names] = [new Set<number>(), new Set<string>()];
  const losers: Identity[] = [];
  for (const each of order) {
    if (ids.has(each.id) || names.has(each.name)) {
      losers.push(each);
      continue;
    }
    ids.add(each.id);
    names.add(each.name);
  }
  const gone = losers.flatMap(({ holders }) => holders);
  const stuck = gone.filter(({ on, user }) => user.type === "AU" || on.ownsKeys(user.id));
  const lost = new Set(losers.filter(({ name }) => !names.has(name)).map(({ name }) => name));
  return { losers, cost: [stuck.length, lost.size, gone.length] };
}

function compared(one: readonly number[], other: readonly number[]): number {
  for (const [at, value] of one.entries()) {
    const difference = value - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The state that a user is to have everywhere, and the server to copy it from. */
export interface RightState {
  readonly user: ComparableUser;
  /** Undefined where no server has it. */
  readonly source: ImaginedHsm | undefined;
}

/**
 * The state of a user that most HSMs have; of those that as many have, the one that was set last, as far as the audit logs
 * tell, or else the first one's. Of login failures the fewest: a
 * right password takes them back, and a copy of many would lock the user out everywhere.
 */
export function rightState(identity: Identity): RightState {
  const { name, holders } = identity;
  const [one] = holders;
  if (one !== undefined && isSameEverywhere(identity)) {
    const listed = holders.find(({ on }) => on.hsm.server !== undefined);
    return { user: (listed ?? one).user, source: listed?.on };
  }
  const groups: Holder[][] = [];
  for (const holder of holders) {
    const group = groups.find(([first]) => first !== undefined && isSameState(first.user, holder.user));
    if (group === undefined) groups.push([holder]);
    else group.push(holder);
  }
  const latest = (group: readonly Holder[]): number => Math.max(...group.map(({ on }) => on.lastSet(`user ${name}`)));
  const order = (group: readonly Holder[]): readonly number[] => [-group.length, -latest(group)];
  const [most = []] = groups.sort((one, other) => compared(order(one), order(other)));
  const servers = most.filter(({ on }) => on.hsm.server !== undefined);
  const candidates = servers.length > 0 ? servers : most;
  const first = candidates.reduce((best, each) => (each.user.loginFailures < best.user.loginFailures ? each : best));
  return { user: first.user, source: first.on.hsm.server === undefined ? undefined : first.on };
}

/** Whether a user is the same wherever it is: of most users that is all there is to know. */
export function isSameEverywhere({ holders }: Identity): boolean {
  const [first] = holders;
  return first !== undefined && holders.every(({ user }) => isSameUser(user, first.user));
}

function isSameUser(one: ComparableUser, other: ComparableUser): boolean {
  return one.id === other.id && one.type === other.type && isRight(one, other);
}

/** Whether a user who has the right id and type is in the right state. */
export function isRight(user: ComparableUser | undefined, right: ComparableUser): boolean {
  return user !== undefined && isSameState(user, right) && user.loginFailures === right.loginFailures;
}

/** Whether a copy would bring nothing else than is there, but for login failures. */
export function isSameState(one: ComparableUser, other: ComparableUser): boolean {
  return (
    one.name === other.name &&
    one.password === other.password &&
    one.quorumKey === other.quorumKey &&
    one.twoFactor === other.twoFactor &&
    one.keptFrom === other.keptFrom
  );
}
