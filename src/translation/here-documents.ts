/** The old tools, by the names of their programs. */
const tools = ["cloudhsm_mgmt_util", "key_mgmt_util"] as const;

/** One of {@link tools}. */
export type Tool = (typeof tools)[number];

/** A part of a script for a shell that calls an old tool: lines for the tool between two of the shell, or one of the shell. */
export type Part =
  | {
      readonly kind: "session";
      readonly tool: Tool;
      /** The number of the first line of the tool; the shell's call ends just before it. */
      readonly first: number;
      readonly texts: readonly string[];
      /** The word that ends it, and whether it is there. */
      readonly end: { readonly word: string; readonly isThere: boolean };
    }
  | { readonly kind: "singlecmd"; readonly line: number; readonly words: string };

const call = /(?:^|[\s/;&|(])(cloudhsm_mgmt_util|key_mgmt_util)\s(?:[^#]*\s)?<<-?\s*(["']?)(\w+)\2/;
const single = /(?:^|[\s/;&|("'])key_mgmt_util\s+(singlecmd\s.*)$/;

/** The parts of a script that call an old tool; none where it is no script for a shell. */
export function partsOf(texts: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  let begun = "";
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at] ?? "";
    if (begun === "" && /^\s*#/.test(text)) continue;
    // A call may go on over several lines.
    begun += text.replace(/\\$/, " ");
    if (text.endsWith("\\") && begun.length < longestCall) continue;
    const line = begun;
    begun = "";
    if (line.length > longestCall) continue;
    const words = single.exec(line)?.[1];
    if (words !== undefined) parts.push({ kind: "singlecmd", line: at + 1, words });
    const [, name, , word] = call.exec(line) ?? [];
    const tool = tools.find((each) => each === name);
    if (tool === undefined || word === undefined) continue;
    const end = endOf(texts, at + 1, word);
    const isThere = end < texts.length;
    parts.push({ kind: "session", tool, first: at + 2, texts: texts.slice(at + 1, end), end: { word, isThere } });
    at = end;
  }
  return parts;
}

/** Characters: what is longer is no call. */
const longestCall = 4096;

function endOf(texts: readonly string[], from: number, word: string): number {
  for (let at = from; at < texts.length; at++) if (texts[at]?.trim() === word) return at;
  return texts.length;
}
