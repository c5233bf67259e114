import * as v from "valibot";
import type { Limits } from "../hsm/limits.ts";
import { serviceNames } from "../hsm/quorum-service.ts";
import { type ReturnCodeName, returnCodes } from "../hsm/return-code.ts";
import { userTypes } from "../hsm/user.ts";
import type { Goal } from "./drill.ts";
import { clusterEntriesWithin } from "./schema.ts";
import { choice, group, list, text, textThat, truth, wholeNumber } from "./value-kinds.ts";

const name = textThat((word) => word !== "", "must name somebody");
const type = v.picklist(userTypes, `must be one of ${userTypes.join(", ")}; case matters`);
const handle = wholeNumber(1, 0xffff_ffff);

/** All HSMs, one, or some. */
const where = v.optional(
  v.union(
    [
      v.pipe(
        text(),
        v.transform((word) => (word === "all" ? word : [word])),
      ),
      list(text(), "HSM"),
    ],
    "must be all, an HSM, or a list of HSMs",
  ),
  "all",
);

/** All of something, or those that are listed. */
const some = <T extends v.GenericSchema>(item: T) =>
  v.optional(v.union([v.literal("all"), list(item)], "must be all, or a list"), []);

const codes = Object.keys(returnCodes) as readonly ReturnCodeName[];
const response = v.pipe(
  text(),
  v.check((code) => (codes as readonly string[]).includes(code), "must be a return code, SUCCESS for instance"),
  v.transform((code) => code as ReturnCodeName),
);

/** What a member of a goal says, by the name of the member. */
const members = {
  inStep: v.pipe(
    v.literal("all", "must be all"),
    v.transform((): Goal => ({ kind: "inStep" })),
  ),
  user: v.pipe(
    group({ name, type, password: v.optional(text()), locked: v.optional(truth()), on: where }),
    v.transform(({ on, ...user }): Goal => ({ kind: "user", where: on, ...user })),
  ),
  absent: v.pipe(
    group({ user: v.optional(name), key: v.optional(handle), on: where }),
    v.check(({ user, key }) => (user === undefined) !== (key === undefined), "must name a user or a key"),
    v.transform(({ on, user, key }): Goal => ({ kind: "absent", where: on, user, key })),
  ),
  key: v.pipe(
    group({
      handle,
      owner: v.optional(name),
      sharedWith: v.optional(list(name)),
      mValue: v.optional(wholeNumber(0, 8)),
      on: where,
    }),
    v.transform(({ on, ...key }): Goal => ({ kind: "key", where: on, ...key })),
  ),
  minimum: v.pipe(
    group({
      service: v.picklist(serviceNames, `must be ${serviceNames.join(" or ")}`),
      is: wholeNumber(1, 20),
      on: where,
    }),
    v.transform(({ on, service, is }): Goal => ({ kind: "minimum", where: on, service, minimum: is })),
  ),
  audit: v.pipe(
    group({
      contains: v.optional(text()),
      lacks: v.optional(text()),
      user: v.optional(name),
      response: v.optional(response),
      on: where,
    }),
    v.check(
      ({ contains, lacks }) => (contains === undefined) !== (lacks === undefined),
      "must say what it contains, or what it lacks",
    ),
    v.transform(({ on, contains, lacks, ...event }): Goal => {
      return { kind: "audit", where: on, says: contains !== undefined, opcode: contains ?? lacks ?? "", ...event };
    }),
  ),
  untouched: v.pipe(
    group({ users: some(name), keys: some(handle), on: where }),
    v.check(({ users, keys }) => users.length + keys.length > 0, "must name users or keys, or all of them"),
    v.transform(({ on, users, keys }): Goal => ({ kind: "untouched", where: on, users, keys })),
  ),
} as const;

/** A goal has one member, which says what kind it is. */
const goal = v.pipe(
  choice(members),
  v.rawTransform(({ dataset, addIssue, NEVER }): Goal => {
    const [given, other] = Object.values(dataset.value).filter((each) => each !== undefined);
    if (given !== undefined && other === undefined) return given;
    addIssue({ message: `must be one of ${Object.keys(members).join(", ")}` });
    return NEVER;
  }),
);

/** The shape of a drill, over HSMs that accept what `limits` say. */
export function drillWithin(limits: Limits) {
  return group({
    title: textThat((title) => /^\S[^\n]{0,98}$/.test(title), "must be one line of at most 99 characters"),
    story: text(),
    ...clusterEntriesWithin(limits),
    logins: v.optional(list(group({ type, name, password: text() })), []),
    goals: list(goal, "goal"),
    hints: v.optional(list(text()), []),
  });
}

/** What the schema makes of the file of a drill. */
export type DrillContent = v.InferOutput<ReturnType<typeof drillWithin>>;
