import { join } from "node:path";
import Database from "libsql";
import { wordEvent } from "../../src/simulator/audit-wording.ts";
import { readEvent } from "../../src/simulator/records/event-record.ts";

/** One event of an HSM's audit log, read from its text. */
export interface AuditedEvent {
  readonly opcode: string;
  readonly session: string;
  /** The number of the return code. */
  readonly response: number;
  readonly user: string | undefined;
  readonly type: string | undefined;
  readonly text: string;
}

/** The file of the HSM at a host name, on the default port. */
export function fileOf(home: string, hostname: string): string {
  return join(home, `${hostname}_2225.hsm`);
}

/**
 * Reads the audit log of an HSM from its file, beside the program. Throws where the file is not whole, or where
 * sequence numbers have a gap.
 */
export function auditLog(home: string, hostname: string): readonly AuditedEvent[] {
  const database = new Database(fileOf(home, hostname));
  try {
    database.exec("PRAGMA busy_timeout = 20000");
    const integrity = database.prepare("PRAGMA integrity_check").raw().all() as unknown;
    if (JSON.stringify(integrity) !== '[["ok"]]')
      throw new Error(`${hostname} is damaged: ${JSON.stringify(integrity)}`);
    const rows = database.prepare("SELECT sequence, content FROM event ORDER BY sequence").raw().all() as (readonly [
      number,
      string,
    ])[];
    return rows.map(([key, content], sequence) => {
      if (key !== sequence) throw new Error(`${hostname}: event ${String(sequence)} is missing`);
      const text = wordEvent(readEvent({ sequence, text: content }));
      const event = parse(text);
      if (!text.includes(`Sequence No : 0x${sequence.toString(16)}\n`)) throw new Error(`${hostname}: ${text}`);
      return event;
    });
  } finally {
    database.close();
  }
}

/** What happened on an HSM since it was created: every session begins with a login. */
export function sinceCreation(events: readonly AuditedEvent[]): readonly AuditedEvent[] {
  const first = events.findIndex(({ opcode }) => opcode === "CN_LOGIN");
  return first === -1 ? [] : events.slice(first);
}

/** Who logged in, by session. */
export function loginsOf(events: readonly AuditedEvent[]): ReadonlyMap<string, string> {
  const logins = events.filter(({ opcode, response }) => opcode === "CN_LOGIN" && response === 0);
  return new Map(logins.map(({ session, user = "" }) => [session, user]));
}

function parse(text: string): AuditedEvent {
  const field = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
  return {
    opcode: field(/^Opcode : (\w+) \(0x[\da-f]+\)$/m) ?? "",
    session: field(/^Session Handle : (0x[\da-f]+)$/m) ?? "",
    response: Number(field(/^Response : (\d+):/m)),
    user: field(/^User Name : (\w+)$/m),
    type: field(/^User Type : (\w+) \(\d\)$/m),
    text,
  };
}
