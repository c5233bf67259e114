import * as v from "valibot";
import { refusalCodes, roadFaultKinds } from "../../config/fault-entry.ts";

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(255));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));

/** What the page can have done, by the last part of the path, and what it says of it. */
const shapes = {
  stop: v.strictObject({ home: name, hsm: name }),
  start: v.strictObject({ home: name, hsm: name }),
  destroy: v.strictObject({ home: name, hsm: name }),
  "add-fault": v.strictObject({
    home: name,
    hsm: name,
    kind: v.picklist(roadFaultKinds),
    command: v.optional(name),
    times: v.optional(count),
    milliseconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600_000))),
    code: v.optional(v.picklist(refusalCodes)),
  }),
  "clear-fault": v.strictObject({ home: name, id: count }),
  "start-drill": v.strictObject({ drill: name }),
  "reset-drill": v.strictObject({ drill: name }),
  "check-drill": v.strictObject({ drill: name }),
  "hint-drill": v.strictObject({ drill: name }),
} as const;

type Shapes = typeof shapes;

/** The name of a change. */
export type ChangeName = keyof Shapes;

/** One change, with what it needs to know. */
export type BoardChange = {
  readonly [Name in ChangeName]: { readonly name: Name } & Readonly<v.InferOutput<Shapes[Name]>>;
}[ChangeName];

/** What is wrong with a change that was sent. */
export interface ChangeProblem {
  readonly name: undefined;
  readonly problem: string;
}

/** The names of all changes: each has a path. */
export const changeNames = Object.keys(shapes) as readonly ChangeName[];

/** Reads what was sent as a change. */
export function readChange(changeName: ChangeName, sent: unknown): BoardChange | ChangeProblem {
  const read = v.safeParse(shapes[changeName], sent);
  if (!read.success) {
    const [issue] = read.issues;
    const where = v.getDotPath(issue);
    return { name: undefined, problem: where === null ? issue.message : `${where}: ${issue.message}` };
  }
  return { name: changeName, ...read.output } as BoardChange;
}
