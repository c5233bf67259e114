import type { QuorumService } from "../../hsm/quorum-service.ts";
import type { UserType } from "../../hsm/user.ts";

/** What differs between HSMs. A user is told by its name, whatever its ids. */
export type Subject =
  | { readonly kind: "user"; readonly name: string; readonly type: UserType; readonly id: number }
  | { readonly kind: "key"; readonly handle: number }
  | { readonly kind: "minimum"; readonly service: QuorumService };

/** In what it differs. */
export type Aspect =
  | "presence"
  | "id"
  | "type"
  | "name"
  | "password"
  | "quorumKey"
  | "twoFactor"
  | "keptFrom"
  | "loginFailures"
  | "kind"
  | "material"
  | "owner"
  | "sharedWith"
  | "mValue"
  | "attribute"
  | "minimum";

/** What can be shown of a state. Of what stays secret there is only a number: HSMs with the same one have the same. */
export type Shown = string | number | boolean | null;

/** One of the states that HSMs are in. */
export interface State {
  readonly value: Shown;
  /** Ids of the HSMs that are in it. */
  readonly hsms: readonly string[];
  /** Whether the lines bring the other HSMs there. */
  readonly isRight: boolean;
}

/** One aspect in which HSMs differ, in two states or more. */
export interface Difference {
  readonly aspect: Aspect;
  /** The name of the attribute that differs. */
  readonly attribute?: string;
  readonly states: readonly State[];
}

/** What one HSM has. */
export interface Seen<V> {
  readonly hsmId: string;
  readonly value: V;
}

/** The difference between HSMs; undefined where all have the same. */
export function differenceIn(
  aspect: Aspect,
  seen: readonly Seen<Shown>[],
  isRight: (value: Shown) => boolean,
  attribute?: string,
): Difference | undefined {
  const states = new Map<Shown, string[]>();
  for (const { hsmId, value } of seen) states.set(value, [...(states.get(value) ?? []), hsmId]);
  if (states.size < 2) return undefined;
  return {
    aspect,
    ...(attribute === undefined ? {} : { attribute }),
    states: Array.from(states, ([value, hsms]) => ({ value, hsms, isRight: isRight(value) })),
  };
}

/** Puts numbers in place of marks, in the order in which they are met, the right one first: 1 is the right one. */
export function numbered(seen: readonly Seen<string | undefined>[], right: string | undefined): readonly Seen<Shown>[] {
  const numbers = new Map<string, number>(right === undefined ? [] : [[right, 1]]);
  return seen.map(({ hsmId, value: mark }) => {
    if (mark === undefined) return { hsmId, value: null };
    const number = numbers.get(mark) ?? numbers.size + 1;
    numbers.set(mark, number);
    return { hsmId, value: number };
  });
}
