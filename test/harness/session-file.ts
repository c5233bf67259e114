import { readFileSync } from "node:fs";

/**
 * A session file reads like a transcript of a manual:
 *
 *     # What it shows, and which page it mirrors.
 *     # config: cluster.yaml
 *
 *     $ cloudhsm_mgmt_util cluster.yaml
 *     ...
 *     aws-cloudhsm>loginHSM CO admin -hpswd
 *     Enter password: «co12345»
 *     loginHSM success on server 0(10.0.2.9)
 *     $$ wc -c cluster.yaml
 *     | 1166 cluster.yaml
 *     aws-cloudhsm>quit
 *
 *     disconnecting from servers, please wait...
 *
 *     # A comment on what follows.
 *     $ ls
 *     cluster.yaml
 *
 * - `# config:` names a file that is copied into the session's folder, where everything runs.
 * - `$ ` begins a run, behind a blank line and comments that belong to no output. `> ` goes on with its command.
 * - What is typed stands behind a prompt, hidden input between « and », `^D` for the end of input.
 * - `$$ ` is a command in a second terminal, given while the session waits at the prompt that follows; `| ` is what
 *   comes of it.
 * - `! ` is a line on standard error, `[exit status 2]` the status where it is not 0.
 * - `…` stands for any text within a line that no session can know, `~` for the session's folder.
 */
export interface SessionFile {
  /** The names of the configurations that its runs use. */
  readonly configurations: readonly string[];
  readonly runs: readonly Run[];
}

/** One command, and everything that comes of it. */
export interface Run {
  /** The command line, for a shell. */
  readonly command: string;
  /** Whether it is the program by itself, which asks and is answered. */
  readonly isConversation: boolean;
  /** What is typed into a conversation. */
  readonly exchanges: readonly Exchange[];
  /** What it writes behind the last exchange. */
  readonly rest: string;
  readonly stderr: string;
  readonly status: number;
}

/** What is written up to a prompt, its end, and what is typed there. */
interface Exchange {
  readonly written: string;
  /** What is done in a second terminal before anything is typed. */
  readonly meanwhile: readonly SecondTerminal[];
  readonly typed: Typed;
}

/** A shell command and what it writes. */
export interface SecondTerminal {
  readonly command: string;
  readonly output: string;
}

/** What is typed at a prompt. */
export interface Typed {
  /** Undefined is the end of input. */
  readonly line: string | undefined;
  readonly isHidden: boolean;
}

/** Every prompt that waits for a line to be seen. */
const prompt =
  /^(aws-cloudhsm>|cloudmgmt>|server\d+>|Do you want to continue\(y\/n\)\?|Retry\/Ignore\/Abort\?\(R\/I\/A\):|Retry\/rollBack\/Ignore\?\(R\/B\/I\):|Enter filename:| *Enter the boolean attribute value \(0 or 1\):)(.*)$/;
/** The key utility's, which stands in the help of the other shell, too: there it asks nothing. */
const keyPrompt = /^(Command: {1,2})(.*)$/;
const keyUtility = /^(?:\.\/)?(?:key_mgmt_util|azcloudhsm_util|key_mgmt_tool)\b/;
const hiddenInput = /^(.*: |Enter PEM pass phrase:|(?:E|Re-e)nter password:)(?:«(.*)»|\^D)$/;
/** The program by itself; a pipe or a here-document into it, or lines for it among the words, make no conversation. */
const conversation =
  /^(?:\.\/)?(?:cloudhsm_mgmt_util|key_mgmt_util|azcloudhsm_util|key_mgmt_tool|azcloudhsm_mgmt_util|user_mgmt_util|hsm_mgmt_tool)( (?!-c\b|-f|singlecmd)[^ |<>&;]+)*$/;

/** Reads a session file. Throws where it does not keep to the form. */
export function readSession(file: string): SessionFile {
  const lines = readFileSync(file, "utf8").replace(/\n$/, "").split("\n");
  const starts = [...lines.keys()].filter((at) => lines[at]?.startsWith("$ "));
  const [first, ...others] = starts;
  if (first === undefined) throw new Error(`${file}: no line begins with "$ "`);
  const header = lines.slice(0, first);
  return {
    configurations: header.flatMap((line) => /^# config: (.+)$/.exec(line)?.[1] ?? []),
    runs: starts.map((start, position) => {
      const next = others[position];
      return readRun(lines.slice(start, next === undefined ? lines.length : endBefore(lines, next, file)));
    }),
  };
}

/** Where the run before line `next` ends: above the blank line and the comments that lead to it. */
function endBefore(lines: readonly string[], next: number, file: string): number {
  let end = next - 1;
  while (lines[end]?.startsWith("# ")) end--;
  if (lines[end] !== "") throw new Error(`${file}:${String(next + 1)}: a run begins behind a blank line`);
  return end;
}

function readRun(lines: readonly string[]): Run {
  const { command, next } = readCommand(lines, 0, "$ ");
  const isConversation = conversation.test(command);
  const prompts = keyUtility.test(command) ? [hiddenInput, keyPrompt, prompt] : [hiddenInput, prompt];
  const exchanges: Exchange[] = [];
  let meanwhile: SecondTerminal[] = [];
  let [written, stderr, status] = ["", "", 0];
  for (let at = next; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const asked = isConversation ? readPrompt(line, prompts) : undefined;
    if (asked !== undefined) {
      exchanges.push({ written: written + asked.question, meanwhile, typed: asked.typed });
      [written, meanwhile] = ["", []];
    } else if (line.startsWith("$$ ")) {
      const second = readCommand(lines, at, "$$ ");
      const output = continued(lines, second.next, "|");
      meanwhile.push({ command: second.command, output: output.map((part) => `${part}\n`).join("") });
      at = second.next + output.length - 1;
    } else if (line.startsWith("! ")) stderr += `${line.slice(2)}\n`;
    else if (/^\[exit status \d+\]$/.test(line)) status = Number(/\d+/.exec(line)?.[0]);
    else written += `${line}\n`;
  }
  if (meanwhile.length > 0) throw new Error(`${command}: behind the last second terminal no prompt stands`);
  return { command, isConversation, exchanges, rest: written, stderr, status };
}

/** A prompt, and what is typed there; undefined for any other line. */
function readPrompt(
  line: string,
  prompts: readonly RegExp[],
): { readonly question: string; readonly typed: Typed } | undefined {
  const found = prompts.find((each) => each.test(line));
  const [, question, answer] = found?.exec(line) ?? [];
  if (question === undefined) return undefined;
  return { question, typed: { line: answer === "^D" ? undefined : answer, isHidden: found === hiddenInput } };
}

/** A command with the `> ` lines that it goes on in, and where it ends. */
function readCommand(lines: readonly string[], at: number, mark: string): { command: string; next: number } {
  const more = continued(lines, at + 1, ">");
  return { command: [lines[at]?.slice(mark.length) ?? "", ...more].join("\n"), next: at + 1 + more.length };
}

/** What stands behind `mark` in the lines from `from` on that begin with it. */
function continued(lines: readonly string[], from: number, mark: string): readonly string[] {
  const length = lines.slice(from).findIndex((line) => line !== mark && !line.startsWith(`${mark} `));
  return lines.slice(from, length === -1 ? undefined : from + length).map((line) => line.slice(mark.length + 1));
}
