import type { Transaction } from "../store/store.ts";
import { type AuditEvent, audit } from "./records/audit-log.ts";
import { requests } from "../hsm/requests.ts";
import { generationsOf } from "./keys/key-generation.ts";
import type { FoundKey } from "./records/key-records.ts";
import { drawHandle } from "./records/session-records.ts";
import type { FoundUser } from "./records/user-records.ts";

/** The operation that creates a user, by type. */
const creations = requests["users.create"].audit.opcode;
const registration = requests["quorum.registerKey"].audit.opcode;

/** What an HSM holds when it has been initialised. */
export interface InitialContent {
  readonly users: readonly FoundUser[];
  readonly keys: readonly FoundKey[];
  /** How many services take several officers. */
  readonly quorums: number;
}

/**
 * Records the life of a cluster's first HSM up to now: the service initialised it, with its appliance users (AWS
 * CloudHSM User Guide, "interpreting-audit-logs"), then the first officer was activated and made users and keys. The
 * officer who waits for activation came with the HSM, so no event tells of their creation.
 *
 * @param time microseconds since 1970
 */
export async function auditInitialisation(
  transaction: Transaction,
  time: number,
  { users, keys, quorums }: InitialContent,
): Promise<void> {
  const session = drawHandle();
  const record = (event: Pick<AuditEvent, "opcode" | "user" | "key" | "publicKey">): Promise<void> =>
    audit(transaction, time, { ...event, session, response: "SUCCESS" });
  const appliances = users.filter((user) => user.record.type === "AU");
  const first = users.find(({ record: { type } }) => type === "CO" || type === "PCO");
  for (const opcode of ["CN_INIT_TOKEN", "CN_GEN_PSWD_ENC_KEY"] as const) await record({ opcode });
  for (const { record: user } of appliances) await record({ opcode: creations[user.type], user });
  await record({ opcode: "CN_INIT_DONE" });
  if (first !== undefined) {
    await record({ opcode: "CN_CHANGE_PSWD", user: { name: first.record.name, type: "PRECO" } });
  }
  for (const user of users) {
    if (user === first || user.record.type === "AU" || user.record.type === "PRECO") continue;
    await record({ opcode: creations[user.record.type], user: user.record });
  }
  // A second factor is registered with its user.
  for (const { record: user } of users) {
    if (user.publicKey !== undefined && user.twoFactor !== true) await record({ opcode: registration, user });
  }
  for (let set = 0; set < quorums; set++) {
    await record({ opcode: requests["quorum.setMinimum"].audit.opcode, ...(first && { user: first.record }) });
  }
  for (const generated of generationsOf(keys)) await record(generated);
}
