import type { Snapshot, Transaction } from "../../store/store.ts";
import { hasRight } from "../request/access.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import type { QuorumService } from "../../hsm/quorum-service.ts";
import { type TokenRecord, minimums, tokens, users } from "../records/records.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";
import type { FoundUser } from "../records/user-records.ts";

/** How many officers the operations of a service take; 1 is no quorum. */
export async function minimumOf(snapshot: Snapshot, service: QuorumService): Promise<number> {
  return (await minimums.get(snapshot, service)) ?? 1;
}

/** The officers whose approvals of a token count: those who still are officers, with the key that they signed with. */
export async function approversOf(snapshot: Snapshot, token: TokenRecord): Promise<readonly FoundUser[]> {
  const approvers = new Map<string, FoundUser>();
  for (const { userId, publicKey } of token.approvals) {
    const record = await users.get(snapshot, userId);
    if (record?.publicKey === publicKey && hasRight("useQuorum", record.type)) {
      approvers.set(publicKey, { id: userId, record });
    }
  }
  return [...approvers.values()];
}

/**
 * Lets an operation of `service` through: where that takes several officers, one token of this session that enough of
 * them approved is used up; a later refusal gives the token back. Throws {@link HsmError} MXN_AUTH_FAILED,
 * or the code that says what is wrong with the tokens there are.
 */
export async function spendApproval(
  transaction: Transaction,
  session: SessionHandle,
  service: QuorumService,
): Promise<void> {
  const minimum = await minimumOf(transaction, service);
  if (minimum < 2) return;
  const all = await tokens.list(transaction);
  for (const [id, token] of all) {
    if (token.session !== session || token.service !== service) continue;
    if ((await approversOf(transaction, token)).length < minimum) continue;
    await tokens.remove(transaction, id);
    return;
  }
  throw new HsmError(
    lacking(
      all.map(([, token]) => token),
      session,
      service,
    ),
  );
}

/** Why none of these tokens lets an operation of `service` through, the nearest reason first. */
function lacking(all: readonly TokenRecord[], session: SessionHandle, service: QuorumService): ReturnCodeName {
  const own = all.filter((token) => token.session === session);
  if (own.some((token) => token.service === service)) return "MXN_TOO_FEW_APPROVALS";
  if (own.length > 0) return "MXN_OTHER_SERVICE";
  if (all.some((token) => token.service === service)) return "MXN_OTHER_LOGIN";
  return "MXN_AUTH_FAILED";
}
