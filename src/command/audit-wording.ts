/** An event of an HSM's audit log, as far as a vendor's form names it. */
interface AuditedOperation {
  /** Of the HSM that recorded it. */
  readonly hostname: string;
  /** Microseconds since 1970. */
  readonly time: number;
  readonly name: string;
  readonly opcode: number;
  readonly isRefused: boolean;
}

/** An event in a vendor's form, member by member. */
export type AuditRecord = Readonly<Record<string, string>>;

/** The audit log. */
export interface AuditWording {
  /** Undefined where the log is the text that the HSMs word. */
  readonly auditRecord: ((operation: AuditedOperation) => AuditRecord) | undefined;
}
