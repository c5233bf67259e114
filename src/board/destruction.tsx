import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useChanges } from "./changes.ts";

interface Properties {
  readonly hsmId: string;
  readonly destroy: () => void;
}

/** What destroys an HSM: asked twice, with the keyboard at what keeps it. */
export function Destruction({ hsmId, destroy }: Properties) {
  const { isAllowed } = useChanges();
  const [isAsking, setIsAsking] = useState(false);
  const harmless = useRef<HTMLButtonElement>(null);
  const hasAsked = useRef(false);
  useLayoutEffect(() => {
    if (isAsking || hasAsked.current) harmless.current?.focus();
    hasAsked.current = isAsking;
  }, [isAsking]);
  if (!isAsking) {
    return (
      <button
        ref={harmless}
        type="button"
        class="danger"
        disabled={!isAllowed}
        onClick={() => {
          setIsAsking(true);
        }}
      >
        Destroy …
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        class="danger"
        onClick={() => {
          setIsAsking(false);
          destroy();
        }}
      >
        Destroy {hsmId} for good
      </button>
      <button
        key="keep"
        ref={harmless}
        type="button"
        onClick={() => {
          setIsAsking(false);
        }}
      >
        Keep it
      </button>
    </>
  );
}
