import { useState } from "preact/hooks";

/** Lines for the shell, to be read or copied; nothing where there are none. */
export function Lines({ lines, title }: { readonly lines: readonly string[]; readonly title: string }) {
  const [isCopied, setIsCopied] = useState(false);
  if (lines.length === 0) return null;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${lines.join("\n")}\n`);
    setIsCopied(true);
  };
  return (
    <figure class="lines">
      <figcaption>
        {title}
        <button type="button" class="quiet" onClick={() => void copy()}>
          {isCopied ? "Copied" : "Copy"}
        </button>
      </figcaption>
      <pre>{lines.join("\n")}</pre>
    </figure>
  );
}
