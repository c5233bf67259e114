import type { Asking } from "./asking.ts";
import type { AuditEvent } from "../records/audit-log.ts";
import type { Opcode } from "../records/opcode.ts";
import { type RequestName, type RequestRow, requests } from "../../hsm/requests.ts";
import type { ReturnCodeName } from "../../hsm/return-code.ts";

/** What the audit log says of a request; undefined is nothing. A word that is no type creates as CO does. */
export function eventOf(name: RequestName, asking: Asking, response: ReturnCodeName): AuditEvent | undefined {
  const { audit: audited }: RequestRow<Opcode> = requests[name];
  const type = asking.user?.type;
  if (audited === undefined || (type !== undefined && audited.exceptOf?.includes(type) === true)) return undefined;
  const opcode = typeof audited.opcode === "string" ? audited.opcode : audited.opcode[type ?? "CO"];
  return { ...asking, opcode, response };
}
