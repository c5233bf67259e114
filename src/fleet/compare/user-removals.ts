import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type HasOfficer, type Obstacle, unreachable } from "./repair.ts";
import { type Holder, type Identity, type RightUsers, rightState } from "./right-users.ts";

/**
 * Who of the losers is deleted, and why the others are not. Nobody is deleted who could not come back: where the winner of
 * the same name cannot go, or the only user of a name stays on another HSM.
 */
export function removalsOf(
  { winners, losers }: RightUsers,
  hasOfficer: HasOfficer,
): ReadonlyMap<Holder, Obstacle | undefined> {
  const obstacles = new Map<Holder, Obstacle | undefined>();
  for (const { holders } of losers) for (const holder of holders) obstacles.set(holder, obstacleTo(holder, hasOfficer));
  const byName = new Map(winners.map((winner) => [winner.name, winner]));
  const isGoing = (on: ImaginedHsm, id: number): boolean =>
    [...obstacles].some(([holder, obstacle]) => holder.on === on && holder.user.id === id && obstacle === undefined);
  const stays = (loser: Identity, { on, user }: Holder): Obstacle | undefined => {
    const winner = byName.get(loser.name);
    if (winner === undefined) {
      const isKept = losers.some(
        ({ name, holders }) => name === loser.name && holders.some((holder) => obstacles.get(holder) !== undefined),
      );
      return isKept ? { kind: "lost", hsmId: on.id, name: user.name, id: user.id } : undefined;
    }
    const { source } = rightState(winner);
    if (source === undefined || !hasOfficer(source))
      return { kind: "lost", hsmId: on.id, name: user.name, id: user.id };
    const there = on.user(winner.id);
    if (there === undefined || there === user || isGoing(on, there.id)) return undefined;
    return { kind: "inTheWay", hsmId: on.id, name: there.name, id: there.id };
  };
  // One who stays may keep another one.
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const loser of losers) {
      for (const holder of loser.holders) {
        const obstacle = obstacles.get(holder) ?? stays(loser, holder);
        if (obstacle === obstacles.get(holder)) continue;
        obstacles.set(holder, obstacle);
        isSettled = false;
      }
    }
  }
  return obstacles;
}

function obstacleTo({ on, user }: Holder, hasOfficer: HasOfficer): Obstacle | undefined {
  const { id, name, type } = user;
  if (on.hsm.server === undefined || !hasOfficer(on)) return unreachable(on);
  if (type === "AU") return { kind: "applianceUser", hsmId: on.id };
  return on.ownsKeys(id) ? { kind: "ownsKeys", hsmId: on.id, name, id } : undefined;
}
