import { foreignTools, tools } from "./tools.ts";

/** A word of a shell's line that names a tool. */
export interface Call {
  /** One of the old tools, or one of another vendor. */
  readonly program: string;
  /** What stands after it. */
  readonly rest: string;
  /** Whether it is certainly started there, and not just named. */
  readonly isCommand: boolean;
}

const programs = [...tools, ...foreignTools.keys()].join("|");
const named = new RegExp(`(?:^|[\\s/;&|(\`"'])(${programs})(?=$|[\\s<>|;&)"'\`])`, "g");

/** What stands before a command: the start, a prompt, another command's end, or one that starts others; then variables and a path. */
const before =
  /(?:^\s*(?:[$#>]\s+)?|[;&|(`]\s*|\b(?:sudo|exec|spawn|then|do|else|time|nohup|env|nice|eval|if|while|until|!|timeout\s+\S+)\s+)(?:\w+=\S*\s+)*["']?(?:[^\s="'|;&()`]*\/)?$/;

/** Characters: what is longer is no call. */
export const longestCall = 4096;

/** The tools that a line of a shell names. */
export function callsIn(line: string): readonly Call[] {
  if (line.length > longestCall) return [];
  return [...line.matchAll(named)].map((match) => {
    const [, program = ""] = match;
    const end = match.index + match[0].length;
    return { program, rest: line.slice(end), isCommand: before.test(line.slice(0, end - program.length)) };
  });
}

const assignment = new RegExp(
  `^\\s*(?:export\\s+|readonly\\s+|local\\s+)?(\\w+)=["']?[^\\s"'$()]*?\\b(${programs})["']?\\s*$`,
);

/** The variable that a line gives the path of a tool, and the tool; undefined for another line. */
export function toolVariable(line: string): readonly [variable: string, program: string] | undefined {
  const [, variable, program] = assignment.exec(line) ?? [];
  return variable === undefined || program === undefined ? undefined : [variable, program];
}

/** A line with the names of tools in place of variables that have their paths. */
export function withTools(line: string, variables: ReadonlyMap<string, string>): string {
  return line.replaceAll(/"?\$\{?(\w+)\}?"?(?=\s|$)/g, (whole, name: string) => variables.get(name) ?? whole);
}
