import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type HasOfficer, type Obstacle, typed, unreachable } from "./repair.ts";
import { type Identity, isRight, rightState } from "./right-users.ts";
import { type Draft, require } from "./user-draft.ts";

/** Whether an HSM has that user, and takes no copy in its place. */
export function refusesCopy(on: ImaginedHsm, { id, type, name }: Pick<Identity, "id" | "type" | "name">): boolean {
  const user = on.user(id);
  return on.hsm.sameUser === "refused" && user?.type === type && user.name.toLowerCase() === name;
}

/** Where a command in global mode goes. */
interface Reach {
  readonly hasOfficer: HasOfficer;
  /** All servers of the configuration; undefined where one of them is no HSM that could be read. */
  readonly everywhere: readonly ImaginedHsm[] | undefined;
}

/**
 * Gives a user one new password on all servers, where HSMs differ on which it is there and which refuse a copy. It is one
 * command in global mode: a password that is set on each server by itself is another one on each.
 */
export function renew(step: Draft, winner: Identity, hsms: readonly ImaginedHsm[], reach: Reach): void {
  const { user: right } = rightState(winner);
  const wrong = hsms.filter((on) => refusesCopy(on, winner) && !isRight(on.user(winner.id), right));
  const [first] = wrong;
  if (first === undefined) return;
  const obstacles = wrong.map((on) => obstacleTo(on, right, hsms, reach)).filter((each) => each !== undefined);
  step.obstacles.push(...obstacles);
  if (obstacles.length > 0) return;
  const { type, name } = right;
  const password = { kind: "password", type, name, isNew: true, server: undefined } as const;
  step.lines.push(...typed(`changePswd ${type} ${name}${first.hsm.passwordWord}`), password, password, ...typed("y"));
  for (const on of hsms) {
    require(step, on, on.user(winner.id), 1);
    on.putUser(renewed(right));
  }
}

/** A user as a new password leaves it: without second factor and public key, and not locked. */
export function renewed(user: ComparableUser): ComparableUser {
  return { ...user, loginFailures: 0, password: `new ${user.name}`, quorumKey: undefined, twoFactor: false };
}

function obstacleTo(
  on: ImaginedHsm,
  right: ComparableUser,
  hsms: readonly ImaginedHsm[],
  { hasOfficer, everywhere }: Reach,
): Obstacle | undefined {
  if (right.type === "AU") return { kind: "applianceUser", hsmId: on.id };
  const user = on.user(right.id);
  const isMended = user?.name === right.name && user.keptFrom === right.keptFrom;
  const isManaged = !right.keptFrom.includes("managedByOfficers");
  const areAllThere = hsms.every((each) => each.user(right.id)?.type === right.type);
  if (!isMended || !isManaged || !areAllThere) {
    return { kind: "copyRefused", hsmId: on.id, name: right.name, id: right.id };
  }
  const unreached = hsms.find((each) => each.hsm.server === undefined || !hasOfficer(each));
  if (unreached !== undefined) return unreachable(unreached);
  return everywhere?.length === hsms.length
    ? undefined
    : { kind: "copyRefused", hsmId: on.id, name: right.name, id: right.id };
}
