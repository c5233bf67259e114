import * as v from "valibot";

/** The kinds of value that operations take, each with its mistakes in words: sentences without the member's name, or whole ones. */

/** What begins the complaint of a member that must be there. */
const missing = "is missing.";

/** Text of a pattern; `problem` says what it must be. */
export function textOf(pattern: RegExp, problem: string, most = Infinity) {
  return v.pipe(
    v.string(wrongType("a text")),
    v.check((text) => text.length <= most && pattern.test(text), problem),
  );
}

/** Text of one of these values. */
export function oneOf<const T extends readonly string[]>(values: T, problem = `must be ${values.join(" or ")}.`) {
  return v.pipe(v.string(wrongType("a text")), v.picklist(values, problem));
}

/** A whole number in a range. */
export function wholeNumber(least: number, most: number) {
  const range = `a whole number from ${String(least)} to ${String(most)}`;
  return v.pipe(
    v.number(wrongType("a number")),
    v.check((value) => Number.isInteger(value) && value >= least && value <= most, `must be ${range}.`),
  );
}

/** True or false. */
export function truth() {
  return v.boolean(wrongType("true or false"));
}

/** A list of so many. */
export function listOf<T extends v.GenericSchema>(item: T, least: number, most: number) {
  const problem = `must list ${least === 0 ? "at most" : `${String(least)} to`} ${String(most)}.`;
  return v.pipe(
    v.array(item, wrongType("a list")),
    v.check(({ length }) => length >= least && length <= most, problem),
  );
}

/** Members; those that are not known are left out, as the service does. */
export function membersOf<const E extends v.ObjectEntries>(entries: E) {
  return v.pipe(anObject(), v.object(entries, wrongType("an object")));
}

/** Lists of texts, each behind its name. */
export function namedLists(most: number) {
  return v.pipe(
    anObject(),
    v.transform((lists) => new Map<string, unknown>(Object.entries(lists))),
    v.check(({ size }) => size <= most, `must have at most ${String(most)} names.`),
    v.map(v.string(), v.array(v.string(wrongType("a text")), wrongType("a list"))),
    v.transform((lists) => [...lists]),
  );
}

/** An object of JSON: the library takes a list for one, too. */
function anObject() {
  const isObject = (input: unknown): boolean => typeof input === "object" && input !== null && !Array.isArray(input);
  return v.custom<object>(isObject, wrongType("an object"));
}

/** A complaint of a value that the protocol cannot mean: told apart from one that the service does not take. */
const typeMark = "must be of another type: ";

function wrongType(what: string) {
  return ({ input }: { readonly input: unknown }): string => (input === undefined ? missing : `${typeMark}${what}.`);
}

/** Whether a complaint is of a value of another type. */
export function isOfType(message: string): boolean {
  return message.startsWith(typeMark);
}
