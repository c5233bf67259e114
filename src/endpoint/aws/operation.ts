import * as v from "valibot";
import type { OperationFaults } from "../../fleet/faults/operation-faults.ts";
import type { ControlPlane } from "../../fleet/service/control-plane.ts";
import { isOfType, membersOf } from "./input-values.ts";
import { Refusal } from "./refusal.ts";

/** Where an operation is carried out. */
export interface Here {
  readonly plane: ControlPlane;
  readonly region: string;
  readonly faults: OperationFaults;
}

/** What an operation does once its input is read, and gives: its output. */
type Deed = (here: Here) => Promise<object>;

/** An operation of the service. */
export interface Operation {
  /** Whether it changes anything, and is to be alone. */
  readonly changes: boolean;
  /** Reads its input. Throws Refusal. */
  readonly read: (input: object) => Deed;
}

/** An operation: the members of its input, what it does with them, and its output. */
export function operation<const E extends v.ObjectEntries>(
  entries: E,
  kind: "reads" | "changes",
  deed: (input: v.InferOutput<v.ObjectSchema<E, undefined>>, here: Here) => Promise<object>,
): Operation {
  const schema = membersOf(entries);
  return {
    changes: kind === "changes",
    read: (input) => {
      const read = v.safeParse(schema, input);
      if (!read.success) throw refusalOf(read.issues[0]);
      const { output } = read;
      return (here) => deed(output, here);
    },
  };
}

function refusalOf(issue: v.BaseIssue<unknown>): Refusal {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? `[${String(key)}]` : `.${String(key)}`));
  // A sentence of the service's own stands alone.
  const isWhole = /^[A-Z]/.test(issue.message);
  const message = isWhole ? issue.message : `${path.join("").slice(1)} ${issue.message}`;
  return new Refusal(isOfType(issue.message) ? "SerializationException" : "CloudHsmInvalidRequestException", message);
}
