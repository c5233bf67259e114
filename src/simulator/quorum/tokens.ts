import { randomBytes } from "node:crypto";
import type { Snapshot, Transaction } from "../../store/store.ts";
import { hasRight } from "../request/access.ts";
import { approversOf, minimumOf } from "./approval.ts";
import type { Device } from "../request/device.ts";
import { refuseButKeep } from "../request/refusal.ts";
import type { Approval, QuorumToken, TokenSummary, Tokens } from "../../hsm/quorum-requests.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { isSigned } from "./public-key.ts";
import { serviceOf } from "./service-of.ts";
import { quorumServices } from "../../hsm/quorum-service.ts";
import { latestTime, noteTime } from "../records/latest-time.ts";
import { type TokenRecord, tokens, users } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { isOpen } from "../records/session-records.ts";
import { findUser, requireAnswer } from "../records/user-records.ts";
import { parseUserType } from "../../hsm/user.ts";

/** The quorum tokens of one HSM. */
export class HsmTokens implements Tokens {
  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
  }

  async issue(session: SessionHandle, number: number, userName: string): Promise<QuorumToken> {
    return this.#device.perform("tokens.issue", { session }, async (transaction, { id: userId, user }) => {
      const service = serviceOf(number);
      if ((await findUser(transaction, userName))?.id !== userId) throw new HsmError("TOKEN_OF_ANOTHER_USER");
      await this.#makeRoom(transaction, userId);
      const id = ((await tokens.lastKey(transaction)) ?? 0) + 1;
      const issued = await noteTime(transaction, this.#device.surroundings.clock());
      const nonce = randomBytes(16).toString("hex");
      const token = { session, userId, userName: user.name, service, issued, nonce, approvals: [] };
      await tokens.put(transaction, id, token);
      return { id, service, userName: user.name, text: this.#textOf(id, token) };
    });
  }

  async approve(session: SessionHandle, file: Uint8Array, approvals: readonly Approval[]): Promise<void> {
    await this.#device.perform("tokens.approve", { session }, async (transaction) => {
      if (approvals.length === 0) throw new HsmError("INVALID_INPUT");
      const [id, token] = await this.#tokenIn(transaction, file);
      const now = await noteTime(transaction, this.#device.surroundings.clock());
      // The time stays noted: it must not be approved when the clock goes back.
      if (this.#secondsLeft(token, now) === 0) refuseButKeep("TOKEN_EXPIRED");
      let approved = token;
      for (const approval of approvals) approved = await withApproval(transaction, approved, file, approval);
      await tokens.put(transaction, id, approved);
    });
  }

  async list(session: SessionHandle): Promise<readonly TokenSummary[]> {
    return this.#device.read("tokens.list", session, async (snapshot) => {
      const now = await latestTime(snapshot, this.#device.surroundings.clock());
      const summaries: TokenSummary[] = [];
      for (const [id, token] of await tokens.list(snapshot)) {
        if (!(await this.#isValid(snapshot, token))) continue;
        const { service, userName } = token;
        const required = await minimumOf(snapshot, service);
        const approvers = (await approversOf(snapshot, token)).map(({ record }) => record.name);
        summaries.push({ id, service, userName, secondsLeft: this.#secondsLeft(token, now), required, approvers });
      }
      return summaries;
    });
  }

  async delete(session: SessionHandle, id: number): Promise<void> {
    await this.#device.perform("tokens.delete", { session }, async (transaction) => {
      const token = await tokens.get(transaction, id);
      if (token === undefined) throw new HsmError("TOKEN_NOT_FOUND");
      if (token.session !== session) throw new HsmError("TOKEN_OF_ANOTHER_LOGIN");
      await tokens.remove(transaction, id);
    });
  }

  /** Whole seconds until a token expires; 0 from then on. */
  #secondsLeft({ issued }: TokenRecord, now: number): number {
    return Math.max(0, Math.ceil(this.#device.model.limits.tokenSeconds - (now - issued) / 1_000_000));
  }

  /** The line that stands for a token in the file that officers sign: readable, and never the same twice. */
  #textOf(id: number, { service, userName, nonce }: TokenRecord): string {
    const { hsmId } = this.#device.identity;
    return `${hsmId} token ${String(id)} service ${String(quorumServices[service])}[${service}] user ${userName} ${nonce}`;
  }

  /** The token of this HSM in a token file. Throws {@link HsmError} TOKEN_NOT_IN_FILE or TOKEN_NOT_FOUND. */
  async #tokenIn(transaction: Transaction, file: Uint8Array): Promise<readonly [number, TokenRecord]> {
    const lines = Buffer.from(file).toString("utf8").split("\n");
    const [line, ...others] = lines.filter((each) => each.startsWith(`${this.#device.identity.hsmId} `));
    if (line === undefined || others.length > 0) throw new HsmError("TOKEN_NOT_IN_FILE");
    for (const [id, token] of await tokens.list(transaction)) {
      if (this.#textOf(id, token) === line && (await this.#isValid(transaction, token))) return [id, token];
    }
    throw new HsmError("TOKEN_NOT_FOUND");
  }

  /** A token ends with the login that it was issued to. */
  #isValid(snapshot: Snapshot, token: TokenRecord): Promise<boolean> {
    return isOpen(snapshot, this.#device.surroundings.presence, token.session);
  }

  /**
   * Makes room for another token of an officer: tokens whose logins ended go, else the oldest that expired. Every officer
   * has a share of the room, so that one alone cannot keep the others from getting any.
   */
  async #makeRoom(transaction: Transaction, userId: number): Promise<void> {
    const officers = (await users.list(transaction)).filter(([, { type }]) => hasRight("useQuorum", type));
    const { limits } = this.#device.model;
    const share = Math.max(1, Math.floor(limits.tokens / officers.length));
    const lacks = (all: readonly (readonly [number, TokenRecord])[]): "TOKEN_LIMIT" | "TOKEN_SHARE" | undefined => {
      if (all.filter(([, token]) => token.userId === userId).length >= share) return "TOKEN_SHARE";
      return all.length >= limits.tokens ? "TOKEN_LIMIT" : undefined;
    };
    if (lacks(await tokens.list(transaction)) === undefined) return;
    for (const [id, token] of await tokens.list(transaction)) {
      if (!(await this.#isValid(transaction, token))) await tokens.remove(transaction, id);
    }
    const all = await tokens.list(transaction);
    const reason = lacks(all);
    if (reason === undefined) return;
    const candidates = reason === "TOKEN_LIMIT" ? all : all.filter(([, token]) => token.userId === userId);
    const now = await noteTime(transaction, this.#device.surroundings.clock());
    const expired = candidates.find(([, token]) => this.#secondsLeft(token, now) === 0);
    if (expired === undefined) throw new HsmError(reason);
    await tokens.remove(transaction, expired[0]);
  }
}

/** The token with one approval more. Throws {@link HsmError}, which names the approver. */
async function withApproval(
  transaction: Transaction,
  token: TokenRecord,
  file: Uint8Array,
  { approver, signature }: Approval,
): Promise<TokenRecord> {
  const { name } = approver;
  const { id, record } = requireAnswer(await findUser(transaction, name), parseUserType(approver.type), name);
  if (!hasRight("useQuorum", record.type)) throw new HsmError("INVALID_USER_TYPE", { subject: name });
  const { publicKey } = record;
  if (publicKey === undefined) throw new HsmError("NO_PUBLIC_KEY", { subject: name });
  if ((await approversOf(transaction, token)).some((other) => other.id === id)) {
    throw new HsmError("APPROVED_ALREADY", { subject: name });
  }
  if (!isSigned(publicKey, file, signature)) {
    const another = await signedByAnother(transaction, file, signature);
    throw new HsmError(another ? "SIGNATURE_OF_ANOTHER_USER" : "SIGNATURE_MISMATCH", { subject: name });
  }
  const others = token.approvals.filter(({ userId }) => userId !== id);
  return { ...token, approvals: [...others, { userId: id, publicKey }] };
}

/** Whether a signature that is not the approver's is that of some other user. */
async function signedByAnother(snapshot: Snapshot, file: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const all = await users.list(snapshot);
  return all.some(([, { publicKey }]) => publicKey !== undefined && isSigned(publicKey, file, signature));
}
