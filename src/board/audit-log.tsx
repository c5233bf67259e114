import type { BoardEvent, BoardHome } from "../endpoint/board/snapshot.ts";

interface Properties {
  readonly events: readonly BoardEvent[];
  readonly homes: readonly BoardHome[];
}

/** The audit logs of all HSMs, merged, the latest first. */
export function AuditLog({ events, homes }: Properties) {
  const servers = new Map(
    homes.flatMap(({ families }) =>
      families.flatMap(({ columns }) => columns.map(({ hsmId, server }) => [hsmId, server ?? hsmId] as const)),
    ),
  );
  return (
    <section class="panel log" aria-labelledby="log">
      <h2 id="log">Audit log</h2>
      {events.length === 0 ? (
        <p class="none">Nothing has happened yet.</p>
      ) : (
        <div class="scroll" role="region" aria-label="Events, the latest first" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">HSM</th>
                <th scope="col">Event</th>
              </tr>
            </thead>
            <tbody>
              {events.map(({ id, home, hsmId, time, opcode, about, response, isRefused }) => (
                <tr key={id} class={isRefused ? "refused" : ""}>
                  <td>{timeText(time)}</td>
                  <td title={home === "home" ? hsmId : `${hsmId}, drill ${home}`}>
                    {servers.get(hsmId) ?? hsmId}
                    {home !== "home" && <span class="note drill-mark">drill</span>}
                  </td>
                  <td>
                    {opcode.replace(/^CN_/, "")} <span class="note">{about}</span>
                    {isRefused && <span class="why">{response}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** `14:03:22`, in the time of whoever looks. */
function timeText(microseconds: number): string {
  return new Date(microseconds / 1000).toLocaleTimeString("en-GB");
}
