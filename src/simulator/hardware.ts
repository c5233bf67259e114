import { fingerprint } from "../text/fingerprint.ts";
import { minimumOf } from "./quorum/approval.ts";
import { requireRight } from "./request/access.ts";
import { nobody } from "./request/asking.ts";
import type { Device } from "./request/device.ts";
import type { HsmInformation, SessionHandle } from "../hsm/hsm.ts";
import type { HsmKeys } from "./keys/keys.ts";
import { keys, users } from "./records/records.ts";
import { countSessions } from "./records/session-records.ts";
import type { Snapshot } from "../store/store.ts";

/** What the HSM says of its hardware, and in a session to whom its model says it (AWS CloudHSM User Guide, getHSMInfo): the card is played, the memory is counted. */
export async function informationOf(
  device: Device,
  hsmKeys: HsmKeys,
  session?: SessionHandle,
): Promise<HsmInformation> {
  const { hardware, limits } = device.model;
  const { serialNumberPrefix, memoryOfObject, ...card } = hardware;
  const partition = await device.read("information", nobody, async (snapshot) => {
    if (session !== undefined) await requireReader(device, snapshot, session);
    return {
      users: await users.count(snapshot),
      maxUsers: limits.users,
      passwordLength: limits.passwordLength,
      tokenKeys: await keys.count(snapshot),
      sessionKeys: await hsmKeys.countSessionKeys(snapshot),
      maxKeys: device.identity.maxKeys,
      sessions: await countSessions(snapshot, device.surroundings.presence),
      minimums: {
        USER_MGMT: await minimumOf(snapshot, "USER_MGMT"),
        MISC_CO: await minimumOf(snapshot, "MISC_CO"),
      },
    };
  });
  const occupied = (partition.users + partition.tokenKeys) * memoryOfObject;
  const number = String(fingerprint(device.identity.hsmId) % 1_000_000).padStart(6, "0");
  return {
    ...card,
    serialNumber: `${serialNumberPrefix}${number}`,
    freePublicMemory: Math.max(0, card.totalPublicMemory - occupied),
    partition,
  };
}

/** Throws {@link HsmError} NOT_LOGGED_IN or NOT_AUTHORISED. */
async function requireReader(device: Device, snapshot: Snapshot, session: SessionHandle): Promise<void> {
  const { model } = device;
  if (model.occupancyFor === "everybody") return;
  const { user } = await device.caller(snapshot, session);
  requireRight("manageUsers", user.type, model.userRights);
}
