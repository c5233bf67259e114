import type { ComparableKey } from "../../simulator/comparable-reader.ts";
import { replaced } from "../../simulator/keys/key-replacement.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type KeyHolder, isInStep, isSameMaterial } from "./key-state.ts";

/** A key that is not the same on all HSMs. */
export interface UnevenKey {
  readonly handle: number;
  readonly holders: readonly KeyHolder[];
  readonly missing: readonly ImaginedHsm[];
}

/** The keys that are not the same everywhere, in the order of their handles. */
export function unevenKeys(hsms: readonly ImaginedHsm[]): readonly UnevenKey[] {
  const seen = new Set<number>();
  const uneven: UnevenKey[] = [];
  for (const on of hsms) {
    for (const handle of on.handles) {
      if (seen.has(handle)) continue;
      seen.add(handle);
      if (!isEven(handle, on, hsms)) uneven.push(unevenKey(handle, hsms));
    }
  }
  return uneven.sort((one, other) => one.handle - other.handle);
}

/** Whether a key is on all HSMs as it is on the one that was met first. */
function isEven(handle: number, on: ImaginedHsm, hsms: readonly ImaginedHsm[]): boolean {
  const key = on.key(handle);
  if (key === undefined) return false;
  const first = { on, key };
  return hsms.every((each) => {
    const here = each.key(handle);
    return here !== undefined && (each === on || isInStep(first, { on: each, key: here }));
  });
}

function unevenKey(handle: number, hsms: readonly ImaginedHsm[]): UnevenKey {
  const holders: KeyHolder[] = [];
  const missing: ImaginedHsm[] = [];
  for (const on of hsms) {
    const key = on.key(handle);
    if (key === undefined) missing.push(on);
    else holders.push({ on, key });
  }
  return { handle, holders, missing };
}

/** What a key is to be everywhere. */
export interface RightKey {
  /** Those that have the key that most have, those first who have it in the state that most have. */
  readonly same: readonly KeyHolder[];
  /** Those that have another key under the handle. */
  readonly other: readonly KeyHolder[];
  /** The state of most, with whatever no copy takes back of the others. */
  readonly key: ComparableKey;
}

/**
 * Decides by what most HSMs have; of as many, by what was set last, as far as the audit logs tell, or else by what the first
 * one has.
 */
export function rightKey({ handle, holders }: UnevenKey): RightKey {
  const lastSet = ({ on }: KeyHolder): number => on.lastSet(`key ${String(handle)}`);
  const [same = []] = grouped(holders, (one, other) => isSameMaterial(one.key, other.key), lastSet);
  const ordered = grouped(same, isInStep, lastSet).flat();
  const other = holders.filter((holder) => !same.includes(holder));
  const [first] = ordered;
  if (first === undefined) throw new Error("a key that no HSM has was compared");
  const key = ordered.reduce((merged, holder) => asCopied(holder.key, merged), first.key);
  return { same: ordered, other, key };
}

/** What an HSM has after an officer copied a key onto the one that it has. */
export function asCopied(present: ComparableKey, arriving: ComparableKey): ComparableKey {
  return { ...replaced(present, arriving, "CO"), material: arriving.material };
}

/** Groups of what is alike, the largest first; of the same size, the one that was set last, then the one that was met first. */
function grouped(
  holders: readonly KeyHolder[],
  isAlike: (one: KeyHolder, other: KeyHolder) => boolean,
  lastSet: (holder: KeyHolder) => number,
): readonly (readonly KeyHolder[])[] {
  const groups: KeyHolder[][] = [];
  for (const holder of holders) {
    const group = groups.find(([first]) => first !== undefined && isAlike(first, holder));
    if (group === undefined) groups.push([holder]);
    else group.push(holder);
  }
  const latest = (group: readonly KeyHolder[]): number => Math.max(...group.map(lastSet));
  return groups.sort((one, other) => other.length - one.length || latest(other) - latest(one));
}
