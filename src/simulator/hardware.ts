import { fingerprint } from "../text/fingerprint.ts";
import { minimumOf } from "./quorum/approval.ts";
import { nobody } from "./request/asking.ts";
import type { Device } from "./request/device.ts";
import type { HsmInformation } from "../hsm/hsm.ts";
import type { HsmKeys } from "./keys/keys.ts";
import { keys, users } from "./records/records.ts";
import { countSessions } from "./records/session-records.ts";

/** What the HSM says of its hardware (AWS CloudHSM User Guide, getHSMInfo): the card is played, the memory is counted. */
export async function informationOf(device: Device, hsmKeys: HsmKeys): Promise<HsmInformation> {
  const { hardware, limits } = device.model;
  const { serialNumberPrefix, memoryOfObject, ...card } = hardware;
  const partition = await device.read("information", nobody, async (snapshot) => ({
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
  }));
  const occupied = (partition.users + partition.tokenKeys) * memoryOfObject;
  const number = String(fingerprint(device.identity.hsmId) % 1_000_000).padStart(6, "0");
  return {
    ...card,
    serialNumber: `${serialNumberPrefix}${number}`,
    freePublicMemory: Math.max(0, card.totalPublicMemory - occupied),
    partition,
  };
}
