import { findingRows } from "./finding-rows.ts";
import type { KeyRow } from "./key-row.ts";
import { makingRows } from "./making-rows.ts";
import { movingRows } from "./moving-rows.ts";
import { sessionRows } from "./session-rows.ts";

/** How each command of key_mgmt_util is translated, by its name in lower case. */
const keyRows: ReadonlyMap<string, { readonly name: string; readonly row: KeyRow }> = new Map(
  Object.entries({ ...sessionRows, ...makingRows, ...findingRows, ...movingRows }).map(
    ([name, row]) => [name.toLowerCase(), { name, row }] as const,
  ),
);

/** Words that stand for a command of another name. */
const aliases: ReadonlyMap<string, string> = new Map([["logout", "logouthsm"]]);

/** The command of a word, which may be cut short, without regard to case; undefined where there is none, or more than one. */
export function keyCommand(word: string): { readonly name: string; readonly row: KeyRow } | undefined {
  const lower = word.toLowerCase();
  const whole = keyRows.get(aliases.get(lower) ?? lower);
  if (whole !== undefined) return whole;
  const [found, other] = [...keyRows].filter(([name]) => name.startsWith(lower));
  return other === undefined ? found?.[1] : undefined;
}

/** Commands that the management shell has, too. */
const shared: ReadonlySet<string> = new Set(
  ["help", "exit", "quit", "loginHSM", "logoutHSM", "listUsers", "getKeyInfo", "getAttribute", "setAttribute"]
    .concat(["listAttributes", "getCert", "getHSMInfo", "getPartitionInfo", "getToken", "approveToken", "delToken"])
    .concat(["listTokens"])
    .map((name) => name.toLowerCase()),
);

/** Whether a line can only be one of key_mgmt_util. */
export function isOfKeys(text: string): boolean {
  const [word = "", option = ""] = text.trimStart().slice(0, 100).split(/\s+/, 2);
  const lower = word.toLowerCase();
  if (lower === "loginhsm") return option.startsWith("-") && option !== "-h";
  return lower === "singlecmd" || (keyRows.has(lower) && !shared.has(lower));
}
