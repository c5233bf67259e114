import type { ComparedFamily, ComparedHsm, Comparison } from "../../fleet/compare/compare-home.ts";
import type { Finding, Line } from "../../fleet/compare/repair.ts";
import type { Home } from "../../store/home.ts";
import { printable } from "../../text/printable.ts";
import { oneLine } from "../../text/json.ts";
import { counted } from "./counted.ts";
import { notUpText, obstacleText, prerequisiteText } from "./compare-reasons.ts";
import { differenceText, labelIn, passwordText, subjectText } from "./compare-texts.ts";
import type { Paint } from "./paint.ts";
import { nothingIn, reasonOf } from "./status-forms.ts";

/** What the words of a comparison need to know. */
export interface Telling {
  /** The configuration's path. */
  readonly file: string;
  readonly home: Home;
  readonly paint: Paint;
}

/** A comparison, line by line. */
export function comparisonAsText({ families, unusable, notUp }: Comparison, telling: Telling): readonly string[] {
  const { home, paint } = telling;
  if (families.length + unusable.length + notUp.length === 0) return nothingIn(home);
  return [
    ...families.flatMap((family, position) => [...(position > 0 ? [""] : []), ...familyLines(family, telling)]),
    ...notUp.map((hsm) => paint.wrong(printable(notUpText(hsm)))),
    ...unusable.map((hsm) => paint.wrong(printable(`${hsm.hostname}:${String(hsm.port)}: ${reasonOf(hsm, home)}`))),
  ];
}

/** A comparison as one JSON object (docs/json.md). */
export function comparisonAsJson({ families, unusable, notUp }: Comparison, { home }: Pick<Telling, "home">): string {
  return oneLine({
    families: families.map(({ hsms, ...family }) => ({
      ...family,
      hsms: hsms.map(({ server, ...hsm }) => ({ ...hsm, server: server?.number ?? null })),
    })),
    notUp: notUp.map(({ hsmId, state, clusterId, hostname, port }) => ({ hsmId, state, clusterId, hostname, port })),
    unusable: unusable.map((hsm) => ({ hostname: hsm.hostname, port: hsm.port, reason: reasonOf(hsm, home) })),
  });
}

function familyLines(family: ComparedFamily, telling: Telling): readonly string[] {
  const { clusters, hsms, logins, findings } = family;
  const { paint } = telling;
  const [first = "", ...clones] = clusters;
  const relation = clones.length === 0 ? "" : ` with ${counted(clones.length, "clone")} ${clones.join(", ")}`;
  const subjects = findings.filter(({ differences }) => differences.length > 0).length;
  const result = findings.length === 0 ? paint.right("in step") : paint.wrong(`${String(subjects)} out of step`);
  const heading = printable(`${first}${relation}, ${counted(hsms.length, "HSM")}: `);
  const numbers = new Numbers();
  const login = logins.length === 0 ? [] : ["", "first an officer logs in", ...numbers.lines(logins)];
  return [
    `${heading}${result}`,
    ...login,
    ...findings.flatMap((finding) => ["", ...findingLines(finding, hsms, numbers, telling)]),
  ];
}

function findingLines(
  finding: Finding,
  hsms: readonly ComparedHsm[],
  numbers: Numbers,
  { file, paint }: Telling,
): readonly string[] {
  const { subject, differences, lines, before, obstacles } = finding;
  const labelOf = (hsmId: string): string => labelIn(hsms, hsmId);
  const isMended = lines.length === 0 && obstacles.length === 0;
  return [
    paint.wrong(printable(`${subjectText(subject)}${differences.length === 0 ? ", as well" : ""}`)),
    ...differences.map((difference) => printable(`  ${differenceText(difference, labelOf)}`)),
    ...before.map((each) => printable(`  first: ${prerequisiteText(each, labelOf)}`)),
    ...numbers.lines(lines),
    ...obstacles.map((each) => printable(`  no line mends it: ${obstacleText(each, labelOf, file)}`)),
    ...(isMended ? ["  the login mends it"] : []),
  ];
}

/** Numbers the lines of a family. */
class Numbers {
  #last = 0;

  /** Commands have numbers; the answers to their questions do not. */
  lines(lines: readonly Line[]): readonly string[] {
    return lines.map((line) => {
      if (line.kind === "password") return printable(`        ${passwordText(line)}`);
      if (line.text === "y") return "        y";
      return printable(`${String(++this.#last).padStart(6)}  ${line.text}`);
    });
  }
}
