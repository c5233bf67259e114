import type { ComparableKey } from "../../simulator/comparable-reader.ts";
import { isSameKey } from "../../simulator/keys/key-replacement.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type KeyHolder, isInStep } from "./key-state.ts";
import { type HasOfficer, type Line, type Obstacle, type Step, onServer, typed, unreachable } from "./repair.ts";
import { type UnevenKey, asCopied, rightKey, unevenKeys } from "./right-keys.ts";

/**
 * The steps that bring the keys in step once their users are, carried out on the imagined HSMs: an officer's copies, which
 * bring everything but what the destination has stricter. So the stricter HSMs get their copy first, and the others from them.
 */
export function repairKeys(hsms: readonly ImaginedHsm[], hasOfficer: HasOfficer): readonly Step[] {
  return unevenKeys(hsms).map((uneven) => repair(uneven, hsms, hasOfficer));
}

function repair(uneven: UnevenKey, hsms: readonly ImaginedHsm[], hasOfficer: HasOfficer): Step {
  const { same } = rightKey(uneven);
  const lines: Line[] = [];
  const obstacles = new Map<ImaginedHsm, Obstacle>();
  const copy = (from: KeyHolder, to: ImaginedHsm): KeyHolder | undefined => {
    const obstacle = obstacleTo(from, to, hasOfficer);
    const present = to.key(uneven.handle);
    const [source, destination] = [from.on.hsm.server, to.hsm.server];
    if (obstacle !== undefined || source === undefined || destination === undefined) {
      obstacles.set(to, obstacle ?? unreachable(source === undefined ? from.on : to));
      return undefined;
    }
    lines.push(...onServer(source, ...typed(`syncKey ${String(uneven.handle)} ${String(destination.number)}`)));
    const key = present === undefined ? from.key : asCopied(present, from.key);
    to.putKey(key);
    return { on: to, key };
  };
  const servers = same.filter(({ on }) => on.hsm.server !== undefined);
  let [last] = servers;
  if (last === undefined)
    return {
      ...stepOf(uneven),
      obstacles: hsms.filter((on) => on.hsm.server !== undefined).map((on) => ({ kind: "notListed", hsmId: on.id })),
    };
  for (const holder of servers) {
    const merged = { on: last.on, key: asCopied(holder.key, last.key) };
    if (!isInStep(merged, last)) last = copy(last, holder.on) ?? last;
  }
  for (const on of hsms) {
    const key: ComparableKey | undefined = on.key(uneven.handle);
    if (key === undefined || !isInStep(last, { on, key })) copy(last, on);
  }
  return { ...stepOf(uneven), lines: merged(lines), obstacles: [...obstacles.values()] };
}

function stepOf({ handle }: UnevenKey): Step {
  return { subject: { kind: "key", handle }, lines: [], before: [], obstacles: [] };
}

function obstacleTo({ on: from, key }: KeyHolder, to: ImaginedHsm, hasOfficer: HasOfficer): Obstacle | undefined {
  if (to.hsm.server === undefined || !hasOfficer(to)) return unreachable(to);
  if (!hasOfficer(from)) return unreachable(from);
  const present = to.key(key.handle);
  if (present !== undefined && !isSameKey(present, key)) return { kind: "otherKey", hsmId: to.id };
  for (const id of [key.access.owner, ...key.access.sharedWith]) {
    const [there, here] = [from.user(id), to.user(id)];
    if (here?.type !== "CU" || here.name.toLowerCase() !== there?.name.toLowerCase())
      return { kind: "holderMissing", hsmId: to.id, id };
  }
  return present === undefined && to.keyCount >= to.hsm.room.keys
    ? { kind: "noRoom", hsmId: to.id, what: "keys" }
    : undefined;
}

/** Stays in the server mode of a server between two copies from it. */
function merged(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  let entered: string | undefined;
  for (const line of lines) {
    const text = line.kind === "typed" ? line.text : "";
    if (text.startsWith("server ")) {
      if (text === entered) {
        // Behind the exit that was written last.
        kept.pop();
        continue;
      }
      entered = text;
    }
    kept.push(line);
  }
  return kept;
}
