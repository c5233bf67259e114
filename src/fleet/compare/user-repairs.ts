import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import type { Subject } from "./difference.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type HasOfficer, type Line, type Obstacle, type Step, onServer, typed, unreachable } from "./repair.ts";
import { type Draft, require } from "./user-draft.ts";
import { refusesCopy, renew, renewed } from "./user-renewals.ts";
import { removalsOf } from "./user-removals.ts";
import { type Holder, type Identity, type RightUsers, isRight, rightState } from "./right-users.ts";

/**
 * The steps that bring the users in step, which are carried out on the imagined HSMs: those who are in the way go first,
 * then everybody is copied to where they are missing or otherwise, or gets a new password where no copy replaces anybody, then
 * those are created whose ids others have.
 *
 * @param everywhere all servers of the configuration, among which a command in global mode goes; undefined where one of them is
 * no HSM that could be read
 */
export function repairUsers(
  hsms: readonly ImaginedHsm[],
  { winners, losers }: RightUsers,
  hasOfficer: HasOfficer,
  everywhere: readonly ImaginedHsm[] | undefined,
): readonly Step[] {
  const right = { winners, losers };
  const obstacles = removalsOf(right, hasOfficer);
  const removed = losers.map((loser) => {
    const step = draft();
    remove(step, loser, obstacles);
    return [loser, step] as const;
  });
  const copied = winners.map((winner) => {
    const step = draft();
    copy(step, winner, hsms, hasOfficer);
    renew(step, winner, hsms, { hasOfficer, everywhere });
    return [winner, step] as const;
  });
  const created = lostOf(right, hsms).map((loser) => {
    const step = draft();
    create(step, loser, hsms, hasOfficer);
    return [loser, step] as const;
  });
  return [...removed, ...copied, ...created].map(([identity, step]) => ({ subject: subjectOf(identity), ...step }));
}

/** Those of whose names nobody is left, one for each name. */
function lostOf({ losers }: RightUsers, hsms: readonly ImaginedHsm[]): readonly Identity[] {
  const gone = losers.filter(({ name }) => hsms.every((on) => on.named(name) === undefined));
  return gone.filter(({ name }, at) => gone.findIndex((other) => other.name === name) === at);
}

function subjectOf({ id, type, name, holders }: Identity): Subject {
  return { kind: "user", id, type, name: holders[0]?.user.name ?? name };
}

function draft(): Draft {
  return { lines: [], before: [], obstacles: [] };
}

function remove(step: Draft, { type, holders }: Identity, obstacles: ReadonlyMap<Holder, Obstacle | undefined>): void {
  for (const holder of holders) {
    const { on, user } = holder;
    const obstacle = obstacles.get(holder);
    if (obstacle !== undefined || on.hsm.server === undefined) {
      step.obstacles.push(obstacle ?? unreachable(on));
      continue;
    }
    require(step, on, user, 1);
    step.lines.push(...onServer(on.hsm.server, ...typed(`deleteUser ${type} ${user.name}`)));
    on.removeUser(user);
  }
}

function copy(step: Draft, winner: Identity, hsms: readonly ImaginedHsm[], hasOfficer: HasOfficer): void {
  const { user: right, source } = rightState(winner);
  const wrong = hsms.filter((on) => !isRight(on.user(winner.id), right) && !refusesCopy(on, winner));
  const lines: Line[] = [];
  for (const on of wrong) {
    const obstacle = obstacleTo(on, right, source, hasOfficer);
    if (obstacle !== undefined || on.hsm.server === undefined) {
      step.obstacles.push(obstacle ?? unreachable(on));
      continue;
    }
    require(step, on, on.user(right.id), 1);
    lines.push(...typed(`syncUser ${String(right.id)} ${String(on.hsm.server.number)}`));
    on.putUser(right);
  }
  if (source?.hsm.server !== undefined && lines.length > 0) step.lines.push(...onServer(source.hsm.server, ...lines));
}

function obstacleTo(
  on: ImaginedHsm,
  right: ComparableUser,
  source: ImaginedHsm | undefined,
  hasOfficer: HasOfficer,
): Obstacle | undefined {
  if (right.type === "AU") return { kind: "applianceUser", hsmId: on.id };
  if (source === undefined) return { kind: "notListed", hsmId: on.id };
  if (on.hsm.server === undefined || !hasOfficer(on)) return unreachable(on);
  if (!hasOfficer(source)) return unreachable(source);
  const [sameId, sameName] = [on.user(right.id), on.named(right.name)];
  const others = [sameId, sameName].filter((user) => user !== undefined);
  const inTheWay = others.find(
    ({ id, type, name }) => id !== right.id || type !== right.type || name.toLowerCase() !== right.name.toLowerCase(),
  );
  if (inTheWay !== undefined) return { kind: "inTheWay", hsmId: on.id, name: inTheWay.name, id: inTheWay.id };
  if (sameId === undefined && on.userCount >= on.hsm.room.users) return { kind: "noRoom", hsmId: on.id, what: "users" };
  return undefined;
}

/** No copy carries a user to another id: it is created on one server, with a new password, and copied from there. */
function create(step: Draft, { type, holders }: Identity, hsms: readonly ImaginedHsm[], hasOfficer: HasOfficer): void {
  const [{ user } = { user: undefined }] = holders as readonly [Holder?];
  const reached = hsms.filter((on) => on.hsm.server !== undefined && hasOfficer(on));
  // The id that is drawn there is free on the others, too.
  const [first] = reached.sort((one, other) => (other.nextUserId() ?? 0) - (one.nextUserId() ?? 0));
  const id = first?.nextUserId();
  if (first?.hsm.server === undefined || user === undefined || id === undefined) return;
  const { name } = user;
  const created = { ...renewed(user), id, keptFrom: "" };
  const password = { kind: "password", type, name, isNew: true, server: undefined } as const;
  const lines: Line[] = [
    ...typed(`createUser ${type} ${name}${first.hsm.passwordWord}`),
    password,
    password,
    ...typed("y"),
  ];
  require(step, first, undefined, 1);
  first.putUser(created);
  for (const on of hsms) {
    if (on === first) continue;
    const obstacle = obstacleTo(on, created, first, hasOfficer);
    if (obstacle !== undefined || on.hsm.server === undefined) {
      step.obstacles.push(obstacle ?? unreachable(on));
      continue;
    }
    require(step, on, undefined, 1);
    lines.push(...typed(`syncUser ${String(id)} ${String(on.hsm.server.number)}`));
    on.putUser(created);
  }
  step.lines.push(...onServer(first.hsm.server, ...lines));
}
