import type { Cell, Row, RowDetail } from "../../endpoint/board/snapshot.ts";
import type { Finding } from "../../fleet/compare/repair.ts";
import type { Family } from "../../fleet/compare/relative.ts";
import type { ComparableUser } from "../../simulator/comparable-reader.ts";
import { printable } from "../../text/printable.ts";
import { differing } from "./cells.ts";

/** A row for each user of a family, by the ids of users. */
export function userRows(
  family: Family,
  findings: ReadonlyMap<string, Finding>,
  details: ReadonlyMap<string, RowDetail>,
): readonly Row[] {
  const users = new Map<string, ComparableUser>();
  for (const { users: here } of family) {
    for (const user of here) {
      const key = `user ${user.name.toLowerCase()}`;
      if (!users.has(key)) users.set(key, user);
    }
  }
  const marked = markedCells(family);
  const rows = Array.from(users, ([key, { id, type, name }]): Row & { readonly order: number } => {
    const detail = details.get(key);
    return {
      id: key,
      name: printable(name),
      note: `${type} ${String(id)}`,
      isInStep: detail === undefined,
      cells: merged(differing(findings.get(key)?.differences ?? []), marked.get(key)),
      ...(detail === undefined ? {} : { detail }),
      order: id,
    };
  });
  return rows.sort((one, other) => one.order - other.order).map(({ order: _order, ...row }) => row);
}

type Marks = Map<string, { isLocked: boolean; isLoggedIn: boolean }>;

/** Where which user is locked or logged in. */
function markedCells(family: Family): ReadonlyMap<string, Marks> {
  const all = new Map<string, Marks>();
  const mark = (key: string, hsmId: string, what: "isLocked" | "isLoggedIn"): void => {
    const marks: Marks = all.get(key) ?? new Map<string, { isLocked: boolean; isLoggedIn: boolean }>();
    all.set(key, marks);
    marks.set(hsmId, { isLocked: false, isLoggedIn: false, ...marks.get(hsmId), [what]: true });
  };
  for (const { hsmId, users, logins, lockedAt } of family) {
    for (const { name, loginFailures } of users) {
      if (loginFailures >= lockedAt) mark(`user ${name.toLowerCase()}`, hsmId, "isLocked");
    }
    for (const { name } of logins) mark(`user ${name.toLowerCase()}`, hsmId, "isLoggedIn");
  }
  return all;
}

function merged(
  different: ReadonlyMap<string, Pick<Cell, "state" | "differs">>,
  marks: Marks | undefined,
): Readonly<Record<string, Cell>> {
  const ids = new Set([...different.keys(), ...(marks?.keys() ?? [])]);
  return Object.fromEntries(
    [...ids].map((id): readonly [string, Cell] => [
      id,
      {
        ...(different.get(id) ?? { state: "in step", differs: [] }),
        ...(marks?.get(id) ?? { isLocked: false, isLoggedIn: false }),
      },
    ]),
  );
}
