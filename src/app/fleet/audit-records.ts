import type { AuditRecord, AuditWording } from "../../command/audit-wording.ts";
import type { FleetEvent } from "../../fleet/merged-events.ts";
import { opcodeNumber } from "../../simulator/audit-wording.ts";
import { vendorOfModel } from "../vendor.ts";

/** The events of a fleet in the forms of its vendors' audit logs, of which each is loaded once. */
export class AuditRecords {
  readonly #forms = new Map<string | undefined, Promise<AuditWording["auditRecord"]>>();

  /** An event in the form of its HSM's vendor; undefined where the vendor's log is text. */
  async recordOf({ hsm: { hostname, model }, event }: FleetEvent): Promise<AuditRecord | undefined> {
    const form = await this.#formOf(model);
    const { time, opcode: name, response } = event;
    return form?.({ hostname, time, name, opcode: opcodeNumber(event), isRefused: response !== 0 });
  }

  #formOf(model: string | undefined): Promise<AuditWording["auditRecord"]> {
    const known = this.#forms.get(model);
    if (known !== undefined) return known;
    const loading = formOfModel(model);
    this.#forms.set(model, loading);
    return loading;
  }
}

async function formOfModel(model: string | undefined): Promise<AuditWording["auditRecord"]> {
  return (await vendorOfModel(model)?.dialect())?.auditRecord;
}
