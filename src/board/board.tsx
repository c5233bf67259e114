import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { AuditLog } from "./audit-log.tsx";
import { type Changes, ChangesProvider, type Said, send } from "./changes.ts";
import { Drills } from "./drills.tsx";
import { Faults } from "./faults.tsx";
import { Home } from "./home.tsx";
import { useLive } from "./live.ts";
import { Notice } from "./notice.tsx";
import { boardToken } from "./token.ts";

const token = boardToken();

/** The whole page. */
export function Board() {
  const { snapshot, events, isConnected, problem } = useLive();
  const [said, setSaid] = useState<Said>();
  const count = useRef(0);
  const make = useCallback<Changes["make"]>(async (name, parts) => {
    if (token === undefined) return;
    const outcome = await send(token, name, parts);
    setSaid({ id: ++count.current, ...outcome });
  }, []);
  const changes = useMemo(() => ({ isAllowed: token !== undefined, said, make }), [said, make]);
  return (
    <ChangesProvider value={changes}>
      <a class="skip" href="#homes">
        Skip to the HSMs
      </a>
      <header class="top">
        <h1>Fleet board</h1>
        <p class={isConnected ? "live" : "live lost"} role="status">
          {isConnected ? "live" : "not connected"}
        </p>
        {token === undefined && (
          <p class="looking">Looking only: changes take the address that serve printed, with its ?token=.</p>
        )}
        <Notice problem={problem} snapshot={snapshot} isConnected={isConnected} />
      </header>
      {snapshot === undefined ? (
        <p class="waiting">Looking at the HSMs …</p>
      ) : (
        <div class={isConnected ? "columns" : "columns stale"}>
          <main id="homes" tabIndex={-1}>
            {snapshot.homes.map((home) => (
              <Home key={home.name} home={home} />
            ))}
          </main>
          <aside aria-label="Drills, faults and the audit log">
            <Drills drills={snapshot.drills} />
            <Faults homes={snapshot.homes} />
            <AuditLog events={events} homes={snapshot.homes} />
          </aside>
        </div>
      )}
    </ChangesProvider>
  );
}
