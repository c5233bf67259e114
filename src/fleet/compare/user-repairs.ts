import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import type { Subject } from "./difference.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type Line, type Obstacle, type Prerequisite, type Step, onServer, typed } from "./repair.ts";
import { type Holder, type Identity, type RightUsers, rightState, stateOf } from "./right-users.ts";

/** Says whether an officer can log in on an HSM. */
export type HasOfficer = (on: ImaginedHsm) => boolean;

/** What is done about one subject, as it is put together. */
interface Draft {
  readonly lines: Line[];
  readonly before: Prerequisite[];
  readonly obstacles: Obstacle[];
}

/**
 * The steps that bring the users in step, which are carried out on the imagined HSMs: those who are in the way go first,
 * then everybody is copied to where they are missing or otherwise, then those are created whose ids others have.
 */
export function repairUsers(
  hsms: readonly ImaginedHsm[],
  { winners, losers }: RightUsers,
  hasOfficer: HasOfficer,
): readonly Step[] {
  const names = new Set(winners.map(({ name }) => name));
  const removed = losers.map(
    (loser) =>
      [
        loser,
        draft((step) => {
          remove(step, loser, hasOfficer);
        }),
      ] as const,
  );
  const copied = winners.map(
    (winner) =>
      [
        winner,
        draft((step) => {
          copy(step, winner, hsms, hasOfficer);
        }),
      ] as const,
  );
  const gone = new Map<string, Identity>();
  for (const [loser, { obstacles }] of removed) {
    if (!names.has(loser.name) && obstacles.length === 0) gone.set(loser.name, gone.get(loser.name) ?? loser);
  }
  // Whoever stays somewhere has its name there.
  const lost = [...gone.values()].filter(({ name }) => hsms.every((on) => on.named(name) === undefined));
  const created = lost.map(
    (loser) =>
      [
        loser,
        draft((step) => {
          create(step, loser, hsms, hasOfficer);
        }),
      ] as const,
  );
  return [...removed, ...copied, ...created].map(([identity, step]) => ({ subject: subjectOf(identity), ...step }));
}

function subjectOf({ id, type, name, holders }: Identity): Subject {
  return { kind: "user", id, type, name: holders[0]?.user.name ?? name };
}

function draft(work: (step: Draft) => void): Draft {
  const step: Draft = { lines: [], before: [], obstacles: [] };
  work(step);
  return step;
}

function remove(step: Draft, { type, name, holders }: Identity, hasOfficer: HasOfficer): void {
  for (const { on, user } of holders) {
    const { server } = on.hsm;
    if (server === undefined || !hasOfficer(on)) step.obstacles.push(unreachable(on));
    else if (type === "AU") step.obstacles.push({ kind: "applianceUser", hsmId: on.id });
    else if (on.ownsKeys(user.id)) step.obstacles.push({ kind: "ownsKeys", hsmId: on.id, name, id: user.id });
    else {
      require(step, on, user, 1);
      step.lines.push(...onServer(server, ...typed(`deleteUser ${type} ${user.name}`)));
      on.removeUser(user);
    }
  }
}

function copy(step: Draft, winner: Identity, hsms: readonly ImaginedHsm[], hasOfficer: HasOfficer): void {
  const { user: right, source } = rightState(winner);
  const wrong = hsms.filter((on) => {
    const user = on.user(winner.id);
    return !(user !== undefined && stateOf(user) === stateOf(right) && user.loginFailures === right.loginFailures);
  });
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
  const first = hsms.find((on) => on.hsm.server !== undefined && hasOfficer(on));
  if (first?.hsm.server === undefined || user === undefined) return;
  const id = first.nextUserId();
  if (id === undefined) {
    step.obstacles.push({ kind: "noRoom", hsmId: first.id, what: "users" });
    return;
  }
  const { name } = user;
  const created = { id, type, name, loginFailures: 0, password: `new ${name}`, quorumKey: undefined, twoFactor: false };
  const password = { kind: "password", type, name, isNew: true, server: undefined } as const;
  const lines: Line[] = [...typed(`createUser ${type} ${name} -hpswd`), password, password, ...typed("y")];
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

/** Why no line reaches an HSM. */
export function unreachable({ id: hsmId, hsm }: ImaginedHsm): Obstacle {
  return { kind: hsm.server === undefined ? "notListed" : "noOfficer", hsmId };
}

/** Notes what must be done before users of an HSM can be changed. */
function require(step: Draft, on: ImaginedHsm, user: ComparableUser | undefined, operations: number): void {
  const logins = user === undefined ? [] : on.hsm.logins.filter(({ userId }) => userId === user.id);
  step.before.push(...logins.map((login) => ({ kind: "loggedIn", hsmId: on.id, login }) as const));
  const minimum = on.minimum("USER_MGMT");
  if (minimum > 1) step.before.push({ kind: "quorum", hsmId: on.id, service: "USER_MGMT", minimum, operations });
}
