import { fingerprint } from "../../text/fingerprint.ts";
import { Refusal } from "./refusal.ts";

/** Which page is asked for. */
export interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** A page, and by what the next one is asked for; undefined where there is none. */
interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken: string | undefined;
}

/**
 * A page of a list. Its token tells after which item the next one begins, and of which list: what comes or goes between
 * two pages neither shifts nor doubles others. Throws {@link Refusal} for a token that is of no answer to this question.
 *
 * @param usual how many there are on a page where nobody says
 * @param question all that the list depends on
 * @param nameOf what tells an item of the list from all others
 */
export function pageOf<T>(
  all: readonly T[],
  { NextToken: token, MaxResults: size }: PageRequest,
  {
    usual,
    question,
    nameOf,
  }: { readonly usual: number; readonly question: readonly unknown[]; readonly nameOf: (item: T) => string },
): Page<T> {
  const list = mark(JSON.stringify(question));
  const start =
    token === undefined
      ? 0
      : startOf(
          token,
          list,
          all.map((item) => mark(nameOf(item))),
        );
  const items = all.slice(start, start + (size ?? usual));
  const [end, last] = [start + items.length, items.at(-1)];
  const isLast = end >= all.length || last === undefined;
  return { items, NextToken: isLast ? undefined : tokenOf(list, end, mark(nameOf(last))) };
}

function tokenOf(list: string, end: number, last: string): string {
  return Buffer.from(`${list}.${end.toString(36)}.${last}`).toString("base64url");
}

function startOf(token: string, list: string, marks: readonly string[]): number {
  const [, of, end = "", last = ""] =
    /^([\da-f]{8})\.([\da-z]{1,6})\.([\da-f]{8})$/.exec(Buffer.from(token, "base64url").toString("latin1")) ?? [];
  if (of !== list) {
    const message =
      "NextToken is of no answer to this question: ask without one, and with the same filters for each page.";
    throw new Refusal("CloudHsmInvalidRequestException", message);
  }
  const at = marks.indexOf(last);
  return at === -1 ? Math.min(parseInt(end, 36), marks.length) : at + 1;
}

/** Nobody gains from a token that is made up: it opens nothing. */
function mark(text: string): string {
  return fingerprint(text).toString(16).padStart(8, "0");
}
