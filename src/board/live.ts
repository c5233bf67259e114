import { useEffect, useState } from "preact/hooks";
import type { BoardEvent, Snapshot } from "../endpoint/board/snapshot.ts";

/** What is known of the fleet. */
export interface Live {
  readonly snapshot: Snapshot | undefined;
  /** The latest first. */
  readonly events: readonly BoardEvent[];
  readonly isConnected: boolean;
  /** Why the fleet cannot be looked at. */
  readonly problem: string | undefined;
}

/** Events that the page keeps. */
const kept = 300;

/** The fleet as the server tells of it, as long as the page is open. */
export function useLive(): Live {
  const [live, setLive] = useState<Live>({ snapshot: undefined, events: [], isConnected: false, problem: undefined });
  useEffect(() => {
    const source = new EventSource("/board/events");
    const hear = (name: string, heard: (content: unknown, before: Live) => Partial<Live>): void => {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        const content: unknown = JSON.parse(event.data);
        setLive((before) => ({ ...before, ...heard(content, before) }));
      });
    };
    hear("snapshot", (content) => ({ snapshot: content as Snapshot, problem: undefined }));
    hear("audit", (content, before) => ({ events: merged(content as readonly BoardEvent[], before.events) }));
    hear("problem", (content) => content as { readonly problem: string });
    source.onopen = () => {
      setLive((before) => ({ ...before, isConnected: true }));
    };
    source.onerror = () => {
      setLive((before) => ({ ...before, isConnected: false }));
    };
    return () => {
      source.close();
    };
  }, []);
  return live;
}

/** Who comes back after a break is told again of what it knows. */
function merged(more: readonly BoardEvent[], known: readonly BoardEvent[]): readonly BoardEvent[] {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !ids.has(id)).toReversed();
  return [...fresh, ...known].slice(0, kept);
}
