import { useState } from "preact/hooks";
import type { BoardHome, FamilyTable as Family, HsmColumn, Row, RowKind } from "../endpoint/board/snapshot.ts";
import { AllRows } from "./all-rows.tsx";
import { ColumnHead } from "./column-head.tsx";
import { HsmDialog } from "./hsm-dialog.tsx";
import { stepText } from "./news.ts";
import { RowDialog } from "./row-dialog.tsx";
import { TableRow } from "./table-row.tsx";

const kindNames: Readonly<Record<RowKind, string>> = { users: "Users", keys: "Keys", minimums: "Quorum" };

type Opened =
  | { readonly kind: "row"; readonly row: Row }
  | { readonly kind: "hsm"; readonly hsmId: string }
  | { readonly kind: "all"; readonly rows: RowKind };

/** A cluster with its clones: HSMs as columns, users and keys as rows. */
export function FamilyTable({ home, family }: { readonly home: BoardHome; readonly family: Family }) {
  const { clusters, columns, outOfStep, logins } = family;
  const [cluster = "", ...clones] = clusters;
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => {
    setOpened(undefined);
  };
  const column = opened?.kind === "hsm" ? columns.find(({ hsmId }) => hsmId === opened.hsmId) : undefined;
  const name = clones.length === 0 ? cluster : `${cluster} with its clone ${clones.join(", ")}`;
  return (
    <section class="family">
      <h3>
        {name} <span class={outOfStep === 0 ? "badge good" : "badge bad"}>{stepText(outOfStep)}</span>
      </h3>
      {/* Wide tables scroll, by keyboard, too. */}
      <div class="scroll" role="region" aria-label={`Table of ${name}`} tabIndex={0}>
        <table style={{ "--hsms": columns.length }}>
          <thead>
            <tr>
              <td />
              {columns.map((each) => (
                <ColumnHead
                  key={each.hsmId}
                  column={each}
                  isClone={each.clusterId !== cluster}
                  open={() => {
                    setOpened({ kind: "hsm", hsmId: each.hsmId });
                  }}
                />
              ))}
            </tr>
          </thead>
          {family.rows
            .filter(({ total }) => total > 0)
            .map(({ kind, total, outOfStep: uneven, first }) => (
              <tbody key={kind}>
                <tr class="kind">
                  <th scope="rowgroup" colSpan={columns.length + 1}>
                    {kindNames[kind]} <span class="count">{countText(total, uneven)}</span>
                    {first.length < total && (
                      <button
                        type="button"
                        onClick={() => {
                          setOpened({ kind: "all", rows: kind });
                        }}
                      >
                        show all {total.toLocaleString("en")}
                      </button>
                    )}
                  </th>
                </tr>
                {first.map((row) => (
                  <TableRow
                    key={row.id}
                    row={row}
                    columns={columns}
                    open={() => {
                      setOpened({ kind: "row", row });
                    }}
                  />
                ))}
              </tbody>
            ))}
        </table>
      </div>
      {opened?.kind === "row" && (
        <RowDialog row={currentOf(opened.row, family)} logins={logins} shell={home.shell} close={close} />
      )}
      {column !== undefined && <HsmDialog home={home} column={column} close={close} />}
      {opened?.kind === "all" && (
        <AllRows
          home={home}
          cluster={cluster}
          kind={opened.rows}
          columns={columns}
          open={(row) => {
            setOpened({ kind: "row", row });
          }}
          close={close}
        />
      )}
    </section>
  );
}

/** A row that is open stays up to date. */
function currentOf(row: Row, { rows }: Family): Row {
  const found = rows.flatMap(({ first }) => first).find(({ id }) => id === row.id);
  if (found !== undefined) return found;
  const areAllSent = rows.every(
    ({ outOfStep, first }) => first.filter(({ isInStep }) => !isInStep).length === outOfStep,
  );
  if (!areAllSent) return row;
  const { detail: _detail, ...rest } = row;
  return { ...rest, isInStep: true, cells: {} };
}

/** `6, 1 out of step` */
function countText(total: number, outOfStep: number): string {
  const all = total.toLocaleString("en");
  return outOfStep === 0 ? all : `${all}, ${stepText(outOfStep)}`;
}

/** The columns of HSMs, as rows need them. */
export type Columns = readonly HsmColumn[];
