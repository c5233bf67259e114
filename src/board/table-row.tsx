import type { Cell, Row } from "../endpoint/board/snapshot.ts";
import type { Columns } from "./family-table.tsx";

interface Properties {
  readonly row: Row;
  readonly columns: Columns;
  readonly open: () => void;
}

/** A user or key on all HSMs. What is out of step opens why, and what mends it. */
export function TableRow({ row, columns, open }: Properties) {
  const { name, note, isInStep, cells } = row;
  return (
    <tr class={isInStep ? "row" : "row uneven"}>
      <th scope="row" title={`${name} ${note}`}>
        <span class="subject">
          <span class="name">{name}</span> <span class="note">{note}</span>
        </span>
      </th>
      {columns.map(({ hsmId, state, server, address }) => {
        const { look, text } = state === "up" ? lookOf(cells[hsmId]) : { look: state, text: state };
        const isOpening = !isInStep && state === "up" && (look === "missing" || look === "different");
        return (
          <td key={hsmId} class={look}>
            {isOpening ? (
              <button
                key={text}
                type="button"
                class="state"
                onClick={open}
                aria-label={`${name} on ${server ?? address}: ${text}. What mends it?`}
              >
                {text}
              </button>
            ) : (
              <span key={text} class="state">
                {text}
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** How a cell looks, and what it says: a colour alone says nothing. */
function lookOf(cell: Cell | undefined): { readonly look: string; readonly text: string } {
  if (cell === undefined) return { look: "even", text: "in step" };
  const more = [...(cell.isLocked ? ["locked"] : []), ...(cell.isLoggedIn ? ["logged in"] : [])];
  switch (cell.state) {
    case "missing":
      return { look: "missing", text: ["missing", ...more].join(", ") };
    case "different":
      return { look: "different", text: [`other ${cell.differs.join(", ")}`, ...more].join(", ") };
    case "in step":
      return {
        look: cell.isLocked ? "locked" : cell.isLoggedIn ? "login" : "even",
        text: more.join(", ") || "in step",
      };
  }
}
