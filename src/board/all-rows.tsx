import { useEffect, useState } from "preact/hooks";
import type { BoardHome, Row, RowKind } from "../endpoint/board/snapshot.ts";
import { Dialog } from "./dialog.tsx";
import type { Columns } from "./family-table.tsx";
import { TableRow } from "./table-row.tsx";

interface Properties {
  readonly home: BoardHome;
  readonly cluster: string;
  readonly kind: RowKind;
  readonly columns: Columns;
  readonly open: (row: Row) => void;
  readonly close: () => void;
}

/** Pixels of a row, which has the height of two letters: only those that can be seen are drawn. */
function heightOfRow(): number {
  return 2 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/** Rows that are drawn. */
const drawn = 60;

/** All rows of a kind, however many there are. */
export function AllRows({ home, cluster, kind, columns, open, close }: Properties) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [top, setTop] = useState(0);
  useEffect(() => {
    const asked = new URLSearchParams({ home: home.name, cluster, kind });
    let isOpen = true;
    void fetch(`/board/rows?${asked.toString()}`)
      .then((response) => response.json() as Promise<readonly Row[]>)
      .then((all) => {
        if (isOpen) setRows(all);
      });
    return () => {
      isOpen = false;
    };
    // Each snapshot brings another home: what is shown stays up to date.
  }, [home, cluster, kind]);
  const height = heightOfRow();
  const first = Math.max(0, Math.min(Math.floor(top / height) - 10, rows.length - drawn));
  const shown = rows.slice(first, first + drawn);
  return (
    <Dialog title={`All ${rows.length.toLocaleString("en")} ${kind} of ${cluster}`} close={close} isWide>
      <div
        class="scroll all"
        role="region"
        aria-label={`All ${kind}`}
        tabIndex={0}
        onScroll={(event) => {
          setTop(event.currentTarget.scrollTop);
        }}
      >
        <table aria-rowcount={rows.length + 1} style={{ "--hsms": columns.length }}>
          <thead>
            <tr>
              <td />
              {columns.map(({ hsmId, server, address }) => (
                <th key={hsmId} scope="col">
                  {server ?? address}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr aria-hidden="true" style={{ height: `${String(first * height)}px` }} />
            {shown.map((row) => (
              <TableRow
                key={row.id}
                row={row}
                columns={columns}
                open={() => {
                  open(row);
                }}
              />
            ))}
            <tr aria-hidden="true" style={{ height: `${String((rows.length - first - shown.length) * height)}px` }} />
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
