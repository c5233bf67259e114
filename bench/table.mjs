// The table of docs/benchmarks.md, in Markdown.
import { cpus, totalmem } from "node:os";

/** What the numbers were measured on. */
export function machine() {
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GB of memory`;
  const [{ model }] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, Node ${process.version}, ${process.platform}: ${String(cpus().length)} cores of ${model}, ${memory}`;
}

/** The head of the table. */
export const heading =
  "| what | median | beside | median | ratio | aim | met |\n| --- | ---: | --- | ---: | ---: | ---: | --- |";

/** One row of the table. */
export function line({ what, ours, beside, theirs, unit, aim, absoluteAim }) {
  const ratio = ours / theirs;
  const [aimed, met] =
    aim !== undefined
      ? [String(aim), ratio <= aim]
      : absoluteAim !== undefined
        ? [`${String(absoluteAim)} ${unit}`, ours <= absoluteAim]
        : ["", undefined];
  const cells = [what, amount(ours, unit), beside, amount(theirs, unit), ratio.toFixed(2), aimed, said(met)];
  return `| ${cells.join(" | ")} |`;
}

/** The head of the table of homes in PostgreSQL. */
export const sharedHeading =
  "| what | in PostgreSQL | in a folder | ratio | psql | ratio |\n| --- | ---: | ---: | ---: | ---: | ---: |";

/** One row of it. */
export function sharedLine(cells) {
  return `| ${cells.join(" | ")} |`;
}

function said(met) {
  if (met === undefined) return "";
  return met ? "yes" : "no";
}

function amount(value, unit) {
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}
