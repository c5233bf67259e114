import * as v from "valibot";
import { millisecondsOf } from "../clock/span.ts";
import { type RequestName, requests } from "../hsm/requests.ts";
import { type FaultEntry, faultKinds, faultProblem, longestDelay, refusalCodes } from "./fault-entry.ts";
import { serviceOperations } from "./service-operation.ts";
import { group, text, textThat, wholeNumber } from "./value-kinds.ts";

const most = 1_000_000;

/** A word of a closed set that is too long to be listed in a complaint. */
function oneOfMany<T extends string>(names: readonly T[], problem: string) {
  return v.pipe(
    text(),
    v.check((name) => (names as readonly string[]).includes(name), problem),
    v.transform((name) => name as T),
  );
}

const requestName = oneOfMany(
  Object.keys(requests) as RequestName[],
  "must be a request of an HSM, users.create for instance (cloudhsm-sim fault add --help lists them)",
);
const operation = oneOfMany(
  [...serviceOperations, "any" as const],
  "must be an operation of the service, CreateHsm for instance, or any",
);
const code = oneOfMany(
  refusalCodes,
  "must be a return code, NOT_AUTHORISED for instance (cloudhsm-sim fault add --help lists them)",
);
const span = v.pipe(
  textThat((word) => millisecondsOf(word) !== undefined, "must be a span of time: 30s, 10m, 2h, 3d"),
  v.transform(millisecondsOf),
);

/** A row of `faults:` in a YAML file: the options of `cloudhsm-sim fault add`. */
export const fault = v.pipe(
  group({
    hsm: v.optional(text()),
    kind: v.picklist(faultKinds, `must be one of ${faultKinds.join(", ")}`),
    request: v.optional(requestName),
    command: v.optional(text()),
    operation: v.optional(operation),
    from: v.optional(wholeNumber(1, most), 1),
    times: v.optional(wholeNumber(1, most)),
    for: v.optional(span),
    ms: v.optional(wholeNumber(1, longestDelay)),
    code: v.optional(code),
  }),
  v.transform(({ for: lasts, ms: milliseconds, ...row }): FaultEntry => ({ ...row, lasts, milliseconds })),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? faultProblem(dataset.value) : undefined;
    if (problem !== undefined) addIssue({ message: problem });
  }),
);
