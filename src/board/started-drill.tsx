import type { StartedDrill as Started } from "../endpoint/board/snapshot.ts";
import { useChanges } from "./changes.ts";

interface Properties {
  readonly name: string;
  readonly title: string;
  readonly story: string;
  readonly started: Started;
}

/** A drill that was started, with its goals as they are met. */
export function StartedDrill({ name, title, story, started }: Properties) {
  const { goals, hints, hintsLeft, folder } = started;
  const { isAllowed, make } = useChanges();
  const met = goals.filter(({ isMet }) => isMet).length;
  const isMastered = met === goals.length;
  const parts = { drill: name };
  return (
    <article class="drill" aria-label={`Drill ${name}`}>
      <h3>
        {title}{" "}
        <span class={isMastered ? "badge good" : "badge bad"}>
          {isMastered ? "mastered" : `${String(met)} of ${String(goals.length)} goals`}
        </span>
      </h3>
      <details>
        <summary>The story</summary>
        <p class="story">{story}</p>
        <p class="note">{folder}</p>
      </details>
      <ul class="goals">
        {goals.map(({ text, isMet, missing }) => (
          <li key={text} class={isMet ? "met" : "unmet"}>
            <span class="sign">{isMet ? "✓ met" : "○ not met"}</span>
            <span>
              {text}
              {missing.map((each) => (
                <span key={each} class="note">
                  {each}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {hints.length > 0 && (
        <ol class="hints" aria-label="Hints">
          {hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ol>
      )}
      <p class="actions">
        <button type="button" disabled={!isAllowed} onClick={() => void make("check-drill", parts)}>
          Check
        </button>
        <button type="button" disabled={!isAllowed || hintsLeft === 0} onClick={() => void make("hint-drill", parts)}>
          Hint ({hintsLeft} left)
        </button>
        <button type="button" disabled={!isAllowed} onClick={() => void make("reset-drill", parts)}>
          Begin anew
        </button>
      </p>
    </article>
  );
}
