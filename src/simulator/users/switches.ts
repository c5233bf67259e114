import { type SwitchChanges, type UserDetails, type UserSwitch, userSwitches } from "../../hsm/user.ts";
import type { UserRecord } from "../records/records.ts";
import { type FoundUser, summarise } from "../records/user-records.ts";

/** A user with its switches, which only crypto users have. */
export function detail(user: FoundUser): UserDetails {
  const { keptFrom = [], type } = user.record;
  if (type !== "CU") return summarise(user);
  const switches = userSwitches.map((each) => [each, !keptFrom.includes(each)] as const);
  return { ...summarise(user), switches: Object.fromEntries(switches) as Record<UserSwitch, boolean> };
}

/** A record with other switches. */
export function changedSwitches(record: UserRecord, changes: SwitchChanges): UserRecord {
  const { keptFrom = [], ...others } = record;
  const off = userSwitches.filter((each) => !(changes[each] ?? !keptFrom.includes(each)));
  return off.length === 0 ? others : { ...others, keptFrom: off };
}
