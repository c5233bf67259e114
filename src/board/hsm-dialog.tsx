import type { BoardHome, HsmColumn } from "../endpoint/board/snapshot.ts";
import { useChanges } from "./changes.ts";
import { Destruction } from "./destruction.tsx";
import { Dialog } from "./dialog.tsx";
import { FaultForm } from "./fault-form.tsx";
import { FaultList } from "./fault-list.tsx";

interface Properties {
  readonly home: BoardHome;
  readonly column: HsmColumn;
  readonly close: () => void;
}

/** What is known of an HSM, and what can be done to it. */
export function HsmDialog({ home, column, close }: Properties) {
  const { hsmId, clusterId, address, server, state, logins, faults } = column;
  const { isAllowed, make } = useChanges();
  const parts = { home: home.name, hsm: hsmId };
  return (
    <Dialog title={`${hsmId}, ${server ?? "not listed"}`} close={close}>
      <dl>
        <dt>Cluster</dt>
        <dd>{clusterId}</dd>
        <dt>Address</dt>
        <dd>{address}</dd>
        <dt>State</dt>
        <dd>{state}</dd>
        <dt>Logged in</dt>
        <dd>{logins.length === 0 ? "nobody" : logins.join(", ")}</dd>
      </dl>
      {state === "destroyed" ? (
        <p>
          A new one takes its place by <code>cloudhsm-sim hsm replace {hsmId}</code>, where others of its cluster are
          up.
        </p>
      ) : (
        <p class="actions">
          {state === "up" ? (
            <button type="button" disabled={!isAllowed} onClick={() => void make("stop", parts)}>
              Stop
            </button>
          ) : (
            <button type="button" disabled={!isAllowed} onClick={() => void make("start", parts)}>
              Start
            </button>
          )}
          <Destruction
            hsmId={hsmId}
            destroy={() => {
              void make("destroy", parts);
            }}
          />
        </p>
      )}
      {state !== "destroyed" && (
        <>
          <h5>Faults on its road</h5>
          <FaultList home={home.name} faults={home.faults.filter(({ id }) => faults.includes(id))} />
          <FaultForm home={home.name} hsm={hsmId} />
        </>
      )}
    </Dialog>
  );
}
