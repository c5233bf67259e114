import { useEffect, useRef, useState } from "preact/hooks";
import type { Snapshot } from "../endpoint/board/snapshot.ts";
import { newsOf } from "./news.ts";
import { Outcome } from "./outcome.tsx";

interface Properties {
  readonly problem: string | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly isConnected: boolean;
}

/** One line on what happened last, which screen readers speak. */
export function Notice({ problem, snapshot, isConnected }: Properties) {
  const before = useRef<Snapshot | undefined>(undefined);
  const [news, setNews] = useState("");
  useEffect(() => {
    if (snapshot === undefined) return;
    if (before.current !== undefined) {
      const found = newsOf(before.current, snapshot);
      if (found.length > 0) setNews(found.join(". "));
    }
    before.current = snapshot;
  }, [snapshot]);
  return (
    <div class="notices">
      <p class="news" role="status">
        {news}
      </p>
      <Outcome />
      {snapshot !== undefined && !isConnected && (
        <p class="said refused" role="alert">
          Nobody answers, and this is what was: is cloudhsm-sim serve still running?
        </p>
      )}
      {problem !== undefined && (
        <p class="said refused" role="alert">
          The HSMs cannot be looked at: {problem}
        </p>
      )}
    </div>
  );
}
