import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useChanges } from "./changes.ts";
import { Outcome } from "./outcome.tsx";

interface Properties {
  readonly title: string;
  readonly close: () => void;
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

/** A dialog over the page: Escape closes it, and the keyboard goes back to where it was. */
export function Dialog({ title, close, isWide = false, children }: Properties) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { said } = useChanges();
  // What went before it was opened was told elsewhere.
  const before = useRef(said);
  useLayoutEffect(() => {
    const { current } = element;
    const focused = document.activeElement;
    current?.showModal();
    return () => {
      current?.close();
      const isThere = focused instanceof HTMLElement && focused.isConnected;
      (isThere ? focused : document.querySelector("main"))?.focus();
    };
  }, []);
  // What had the focus may be gone: the keyboard stays here.
  useLayoutEffect(() => {
    const { current } = element;
    if (current?.contains(document.activeElement) === false) current.querySelector("button")?.focus();
  });
  return (
    <dialog
      ref={element}
      class={isWide ? "wide" : ""}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header>
        <h4 id={id}>{title}</h4>
        <button type="button" class="quiet" onClick={close}>
          Close
        </button>
      </header>
      {children}
      {said !== before.current && <Outcome />}
    </dialog>
  );
}
