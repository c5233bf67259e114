import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import type { Translation } from "../../translation/translate.ts";
import { counted } from "./counted.ts";
import type { Paint } from "./paint.ts";

/** How many lines have no counterpart. */
export function missingIn({ lines }: Translation): number {
  return lines.filter(({ missing }) => missing !== undefined).length;
}

/** A translation, each line of the script above what takes its place. */
export function translationAsText(translation: Translation, paint: Paint): readonly string[] {
  const { lines, notes, tools } = translation;
  if (lines.length === 0) return ["there is nothing to translate: no line of an old tool, and no call of one"];
  const missing = missingIn(translation);
  const without =
    missing === 0 ? paint.right("all have a counterpart") : paint.wrong(`${String(missing)} without a counterpart`);
  return [
    ...lines.flatMap((line) => [
      paint.heading(printable(`${String(line.line).padStart(5)}  ${line.text}`)),
      ...line.lines.map((written) => paint.right(printable(`     > ${written}`))),
      ...(line.missing === undefined ? [] : [paint.wrong(printable(`     ! no counterpart: ${line.missing}`))]),
      ...line.notes.map((note) => printable(`       (${note})`)),
    ]),
    "",
    `${counted(lines.length, "line")}${tools.length === 0 ? "" : ` of ${tools.join(" and ")}`}: ${without}`,
    ...notes.map((note) => `- ${note}`),
  ];
}

/** A translation as one JSON object (docs/json.md). */
export function translationAsJson(translation: Translation): string {
  const { lines, notes, tools } = translation;
  return oneLine({
    tools,
    lines: lines.map(({ line, text, lines: written, missing = null, notes: ofLine }) => {
      return { line, text, new: written, missing, notes: ofLine };
    }),
    missing: missingIn(translation),
    notes,
  });
}
