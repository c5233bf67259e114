import type { BoardFault } from "../endpoint/board/snapshot.ts";
import { useChanges } from "./changes.ts";

/** Faults that are set, each with what clears it. */
export function FaultList({ home, faults }: { readonly home: string; readonly faults: readonly BoardFault[] }) {
  const { isAllowed, make } = useChanges();
  if (faults.length === 0) return <p class="none">No fault is set.</p>;
  return (
    <ul class="faults">
      {faults.map(({ id, text, isOver }) => (
        <li key={id} class={isOver ? "over" : ""}>
          <span>
            {text}
            {isOver && ", over"}
          </span>
          <button
            type="button"
            class="quiet"
            disabled={!isAllowed}
            aria-label={`Clear fault ${String(id)}: ${text}`}
            onClick={() => void make("clear-fault", { home, id })}
          >
            Clear
          </button>
        </li>
      ))}
    </ul>
  );
}
