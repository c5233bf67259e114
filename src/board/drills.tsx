import type { BoardDrill } from "../endpoint/board/snapshot.ts";
import { StartedDrill } from "./started-drill.tsx";
import { useChanges } from "./changes.ts";

/** The drills: started ones with their goals, and those that can be started. */
export function Drills({ drills }: { readonly drills: readonly BoardDrill[] }) {
  const { isAllowed, make } = useChanges();
  const others = drills.filter(({ started }) => started === undefined);
  return (
    <section class="panel" aria-labelledby="drills">
      <h2 id="drills">Drills</h2>
      {drills.map(({ name, title, story, started }) =>
        started === undefined ? null : (
          <StartedDrill key={name} name={name} title={title} story={story} started={started} />
        ),
      )}
      <details>
        <summary>Start a drill</summary>
        <ul class="drills">
          {others.map(({ name, title, problem }) => (
            <li key={name}>
              <span>
                {title}
                <span class="note">{name}</span>
                {problem !== undefined && <span class="problem">{problem}</span>}
              </span>
              <button
                type="button"
                class="quiet"
                disabled={!isAllowed}
                aria-label={`Start drill ${name}`}
                onClick={() => void make("start-drill", { drill: name })}
              >
                Start
              </button>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
