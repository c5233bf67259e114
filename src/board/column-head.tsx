import type { HsmColumn } from "../endpoint/board/snapshot.ts";

interface Properties {
  readonly column: HsmColumn;
  readonly isClone: boolean;
  readonly open: () => void;
}

/** The head of an HSM's column; it opens what can be done to the HSM. */
export function ColumnHead({ column, isClone, open }: Properties) {
  const { hsmId, address, server, state, logins, faults } = column;
  return (
    <th scope="col" class={`hsm ${state}`}>
      <button type="button" onClick={open} title={`${hsmId}: stop, start, destroy, and its faults`}>
        <span class="server">{server ?? "not listed"}</span>
        <span class="address">{address}</span>
        <span class="id">{hsmId}</span>
      </button>
      <span class="marks">
        {isClone && <span class="mark">clone</span>}
        {state !== "up" && <span class="mark down">{state}</span>}
        {faults.length > 0 && (
          <span class="mark fault">{faults.length === 1 ? "1 fault" : `${String(faults.length)} faults`}</span>
        )}
        {logins.length > 0 && <span class="mark login">{logins.join(", ")}</span>}
      </span>
    </th>
  );
}
