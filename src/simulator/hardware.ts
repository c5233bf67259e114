import { fingerprint } from "../text/fingerprint.ts";
import { minimumOf } from "./quorum/approval.ts";
import { nobody } from "./request/asking.ts";
import type { Device } from "./request/device.ts";
import type { HsmInformation } from "../hsm/hsm.ts";
import type { HsmKeys } from "./keys/keys.ts";
import { limits } from "../hsm/limits.ts";
import { keys, users } from "./records/records.ts";
import { countSessions } from "./records/session-records.ts";

const totalPublicMemory = 560_596;
const memoryOfObject = 128;

/** What the HSM says of its hardware (AWS CloudHSM User Guide, getHSMInfo): the card is played, the memory is counted. */
export async function informationOf(device: Device, hsmKeys: HsmKeys): Promise<HsmInformation> {
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
  const card = String(fingerprint(device.identity.hsmId) % 1_000_000).padStart(6, "0");
  return {
    label: "cavium",
    model: "NITROX-III CNN35XX-NFBE",
    serialNumber: `3.0A0101-ICM${card}`,
    fipsState: "2 [FIPS mode with single factor authentication]",
    totalPublicMemory,
    freePublicMemory: Math.max(0, totalPublicMemory - occupied),
    firmware: { major: "2", minor: "03", id: "CNN35XX-NFBE-FW-2.03-13", build: 13 },
    temperature: 56,
    partition,
  };
}
