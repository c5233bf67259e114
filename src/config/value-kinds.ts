import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";

/** The kinds of value that a configuration has, each with its mistakes in our words and without the value. */

/** What is wrong with a key that must be there. */
export const missing = "is missing";

interface Received {
  readonly input: unknown;
}

/** `must be a list`, or that nothing was given. */
function mustBe(what: string) {
  return ({ input }: Received): string => (input === null ? `has no value: it must be ${what}` : `must be ${what}`);
}

/** The same for a number, which is often in quotes. */
function mustBeNumber(what: string) {
  return ({ input }: Received): string =>
    typeof input === "string" && /^\d+$/.test(input) ? `must be ${what}: remove the quotes` : mustBe(what)({ input });
}

/** Text; numbers and truth values are mostly text that lacks its quotes. */
export function text() {
  return v.string(({ input }) => {
    const unquoted = typeof input === "number" || typeof input === "boolean";
    return unquoted ? "must be text: put it in quotes" : mustBe("text")({ input });
  });
}

/** Text that must fit; `problem` says what it must be. */
export function textThat(fits: (text: string) => boolean, problem: string) {
  return v.pipe(text(), v.check(fits, problem));
}

/** A whole number in a range. */
export function wholeNumber(minimum: number, maximum: number) {
  const range = `a whole number from ${String(minimum)} to ${String(maximum)}`;
  return v.pipe(
    v.number(mustBeNumber(range)),
    v.check((value) => Number.isInteger(value) && value >= minimum && value <= maximum, `must be ${range}`),
  );
}

/** One of some numbers. */
export function oneOf(numbers: readonly number[]) {
  const choice = numbers.join(" or ");
  return v.pipe(
    v.number(mustBeNumber(choice)),
    v.check((value) => numbers.includes(value), `must be ${choice}`),
  );
}

/** True or false. */
export function truth() {
  return v.boolean(mustBe("true or false"));
}

/** A list of at least one thing, where `atLeast` says of what. */
export function list<T extends v.GenericSchema>(item: T, atLeast?: string) {
  return v.pipe(
    v.array(item, mustBe("a list")),
    v.check(({ length }) => atLeast === undefined || length > 0, `must list at least one ${atLeast ?? ""}`),
  );
}

/** A group with these keys and no others. */
export function group<const E extends v.ObjectEntries>(entries: E) {
  return v.pipe(plainGroup(Object.keys(entries)), members(entries));
}

/** A group that has any of these keys and no others. */
export function choice<const E extends v.ObjectEntries>(entries: E) {
  return v.pipe(plainGroup(Object.keys(entries)), v.partial(members(entries)));
}

/** The keys of a group of which there are several kinds. */
export function members<const E extends v.ObjectEntries>(entries: E) {
  return v.strictObject(entries, keyProblem(Object.keys(entries)));
}

/** A group of which only these keys count. */
export function openGroup<const E extends v.ObjectEntries>(entries: E) {
  const keys = Object.keys(entries);
  return v.pipe(plainGroup(keys), v.looseObject(entries, keyProblem(keys)));
}

/** A list is no group, though valibot takes it for one. */
function plainGroup(keys: readonly string[]) {
  return v.custom<object>(
    (input) => typeof input === "object" && input !== null && !Array.isArray(input),
    mustBe(`a group of keys (${keys.join(", ")})`),
  );
}

/** What is wrong with a key: it is missing, or unknown. */
function keyProblem(keys: readonly string[]) {
  return ({ expected, input, path }: Received & KeyIssue): string => {
    if (expected !== "never") return missing;
    const group = path?.at(-1)?.input;
    const left = keys.filter((key) => typeof group !== "object" || group === null || !(key in group));
    return `has an unknown key: ${proposal(left, String(input)) ?? `known keys are ${keys.join(", ")}`}`;
  };
}

interface KeyIssue {
  readonly expected: string | null;
  /** The way to the key, each step with the group that it is in. */
  readonly path?: readonly { readonly input: unknown }[] | undefined;
}

/** The key that was probably meant, of those that the group lacks: one that begins so, or differs by little. */
function proposal(keys: readonly string[], typed: string): string | undefined {
  const begun = typed.length > 2 ? keys.find((key) => key.startsWith(typed.toLowerCase())) : undefined;
  const nearest = begun ?? (keys.length > 0 ? closest(typed, [...keys]) : undefined);
  if (nearest === undefined) return undefined;
  return nearest === begun || distance(typed, nearest) <= Math.min(2, nearest.length / 2)
    ? `did you mean ${nearest}?`
    : undefined;
}
