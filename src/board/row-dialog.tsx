import type { Row } from "../endpoint/board/snapshot.ts";
import { Dialog } from "./dialog.tsx";
import { Lines } from "./lines.tsx";

interface Properties {
  readonly row: Row;
  /** The lines with which officers log in first. */
  readonly logins: readonly string[];
  readonly shell: string;
  readonly close: () => void;
}

/** Why a row is out of step, and what mends it. */
export function RowDialog({ row, logins, shell, close }: Properties) {
  const { name, note, detail } = row;
  return (
    <Dialog title={`${name} (${note})`} close={close}>
      {detail === undefined ? (
        <p class="good-news">In step on all HSMs that are up.</p>
      ) : (
        <>
          <h5>What differs</h5>
          <ul>
            {detail.differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
          <h5>What mends it</h5>
          <p>
            In a shell: <code>{shell}</code>
          </p>
          <Lines lines={logins} title="First an officer logs in" />
          {detail.mendings.map(({ before, lines, obstacles }, at) => (
            <div key={at}>
              {before.map((each) => (
                <p key={each}>First: {each}</p>
              ))}
              <Lines lines={lines} title={detail.mendings.length > 1 ? `Step ${String(at + 1)}` : "Then"} />
              {obstacles.map((each) => (
                <p key={each} class="problem">
                  No line mends it: {each}
                </p>
              ))}
            </div>
          ))}
        </>
      )}
    </Dialog>
  );
}
