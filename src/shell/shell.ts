import { Cancelled } from "../command/cancelled.ts";
import type { Command, SessionContext } from "../command/command.ts";
import { Refused } from "../command/refused.ts";
import { type Outcome, type Result, endedBy } from "../command/result.ts";
import { hiddenPassword } from "../command/parameters.ts";
import { earlyEnd, isFault } from "./early-end.ts";
import { questionsOf } from "./questions.ts";
import { type Resolution, resolve } from "./resolve.ts";
import {
  isComment,
  isMemorable,
  isSecretCommandWord,
  mask,
  mayHoldPassword,
  withoutPassword,
  withoutSecrets,
} from "./secrets.ts";
import type { SessionEnd, ShellParts } from "./shell-parts.ts";
import { type TypedLine, helpFirst, typedLine } from "./typed-line.ts";
import { textWidth, wrapped } from "../text/wrapped.ts";

/** What is left of a command whose words fit. */
type Work = (session: SessionContext) => Promise<Result>;

/** Reads lines and runs them one by one, until `quit`, the end of input or a hang-up. */
export class Shell<M extends string> {
  readonly #parts: ShellParts<M>;
  readonly #context: SessionContext;
  /** Hints on the present command, each of them once. */
  readonly #advice = new Set<string>();
  /** Whether what comes may be a password: the last command asked for a hidden one, and may not have taken it. */
  #discreet = false;
  /** Whether the last command takes a password, and was refused for its words: its password may come by itself. */
  #wary = false;
  /** Whether the present command takes a password, of which an answer may be a part. */
  #takesSecret = false;

  constructor(parts: ShellParts<M>) {
    const { cluster, commands, dialect, modes, output, home, yes, onFailure } = parts;
    this.#parts = parts;
    this.#context = {
      cluster,
      dialect,
      output,
      questions: questionsOf(parts.reader, (answer) => {
        // A password in the place of an answer is longer than any answer but the name of a file.
        this.#echo((this.#discreet || this.#takesSecret) && answer.trim().length > 1 ? mask : answer);
      }),
      home,
      yes,
      onFailure,
      advise: (hint) => {
        this.#advice.add(hint);
      },
      commands,
      find: (word) => this.#require(resolve(commands, modes.current(), word), [word], "any mode"),
    };
  }

  /** Runs the session to its end. */
  async run(): Promise<SessionEnd> {
    for (;;) {
      await this.#parts.pause();
      const outcome = this.#parts.hungUp() ? await this.#quit() : await this.#next();
      if (outcome === "quit") return "done";
      if (outcome === "failed" && this.#parts.bail) return "failed";
    }
  }

  /** Reads one line and carries it out; the end of input is `quit`. */
  async #next(): Promise<Outcome> {
    const { dialect, modes, reader } = this.#parts;
    const answer = await reader.read(modes.prompt(), "command");
    switch (answer.kind) {
      case "line":
        return this.#carryOut(answer.text);
      case "tooLong":
        return this.#refuse(dialect.lineTooLong(answer.longest));
      case "interrupted":
        return "done";
      case "end":
        return this.#quit();
    }
  }

  /** Answers a line in which no command can be looked for. */
  #refuse(message: string): Outcome {
    const { carriedOut, cluster, reader } = this.#parts;
    const result = endedBy(new Refused(message, { namesCommand: false }));
    const said = this.#tell(result, "");
    carriedOut?.({ line: reader.line, command: undefined, serverId: cluster.current?.id, result, said });
    return result.outcome;
  }

  /** Runs a line, shows it with `--echo`, and reports it when it fails. */
  async #carryOut(line: string): Promise<Outcome> {
    const { commands, failed, history, modes, reader } = this.#parts;
    const { place } = reader;
    const typed = typedLine(commands, modes.current(), line);
    const shown = typed === undefined ? "" : withoutSecrets(commands, typed);
    this.#echo(isComment(line) && (this.#discreet || this.#wary) ? mask : shown);
    if (typed === undefined || isComment(line)) return "done";
    const again = withoutPassword(typed);
    const { outcome, ended } = await this.#execute(helpFirst(commands, modes.current(), typed), "typed");
    const missing = ended instanceof Cancelled ? ended.missing : undefined;
    if (outcome === "failed") failed({ place, line: shown, missing });
    // Nobody takes back a line of a script: no HSM is asked for it.
    const isWanted = again !== undefined && place === undefined && (outcome === "failed" || again.isWhole);
    if (isWanted && (await this.#knows(again.name))) history.add(again.line);
    return outcome;
  }

  /** Whether one of the servers that were asked has a user of this name: any other word may be a password. */
  async #knows(name: string): Promise<boolean> {
    try {
      for (const server of this.#parts.cluster.scope) if (await server.knows(name)) return true;
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
    return false;
  }

  #echo(line: string): void {
    if (this.#parts.echo) this.#parts.output.print(line);
  }

  async #quit(): Promise<Outcome> {
    const { commands, modes } = this.#parts;
    const quit = typedLine(commands, modes.current(), "quit");
    return quit === undefined ? "quit" : (await this.#execute(quit, "unseen")).outcome;
  }

  /** Only a line that somebody typed is remembered, and answered with data. */
  async #execute(typed: TypedLine<M>, origin: "typed" | "unseen"): Promise<Result> {
    const { cluster, history, reader } = this.#parts;
    if (origin === "typed" && isMemorable(typed)) history.add(typed.text.trim());
    const { line } = reader;
    const serverId = cluster.current?.id;
    const result = await this.#resultOf(typed);
    const command = typed.found.kind === "problem" ? undefined : typed.found.command.name;
    const said = this.#tell(result, command ?? typed.name);
    if (origin === "typed") this.#parts.carriedOut?.({ line, command, serverId, result, said });
    this.#tellAdvice();
    return result;
  }

  /** Carries out a line whose words fit; says in the result what is wrong with any other. */
  async #resultOf(line: TypedLine<M>): Promise<Result> {
    const { found, name, words } = line;
    const asksHidden = words.includes(hiddenPassword);
    let work: Work;
    try {
      const command = this.#require(found, [name, ...words], "this mode");
      work = this.#prepare(command, line);
      this.#discreet = asksHidden;
      this.#wary = false;
      this.#takesSecret = command.takesSecret;
    } catch (error) {
      this.#discreet ||= asksHidden;
      this.#wary ||= found.kind === "command" && found.command.takesSecret;
      return endedBy(error);
    }
    this.#parts.running(found.kind === "command" ? found.command.name : undefined);
    try {
      return await work(this.#context);
    } finally {
      this.#parts.running(undefined);
    }
  }

  /** Says what is not the answer of a server, and returns it. */
  #tell({ lines = [], ended }: Result, command: string): readonly string[] {
    const { dialect, output, trace } = this.#parts;
    output.print(...lines);
    if (ended === undefined) return lines;
    if (isFault(ended)) trace(ended);
    const early = earlyEnd(command, ended, dialect);
    output.print(...early.lines);
    for (const hint of early.hints) output.hint(hint);
    return [...lines, ...early.lines, ...early.hints];
  }

  /** Hints follow the whole command: what waits for a failure and then for R/I/A finds nothing between the two. */
  #tellAdvice(): void {
    const { dialect, hints, output } = this.#parts;
    const { columns } = output;
    for (const hint of hints ? this.#advice : []) {
      const text = dialect.hint(hint);
      for (const line of columns === undefined ? [text] : wrapped(text, textWidth(columns))) output.hint(line);
    }
    this.#advice.clear();
  }

  /** The command that was found. Throws {@link Refused} where there is none. */
  #require(found: Resolution<M>, line: readonly string[], where: "this mode" | "any mode"): Command<M> {
    if (found.kind === "command" || (found.kind === "elsewhere" && where === "any mode")) return found.command;
    const { dialect, modes } = this.#parts;
    if (found.kind === "elsewhere") {
      const { name, elsewhere = modes.elsewhere(found.command.modes) } = found.command;
      throw new Refused(`${name}: ${elsewhere}`, { namesCommand: false });
    }
    const { meant, proposal, word } = found;
    const message = meant.length > 0 ? dialect.ambiguousCommand(word, meant) : dialect.unknownCommand(word, proposal);
    const isHidden = this.#discreet || isSecretCommandWord(found, line, this.#wary);
    throw new Refused(isHidden ? dialect.hiddenCommand : message, {
      namesCommand: false,
      hint: meant.length > 0 ? undefined : dialect.commandList,
    });
  }

  /** What is left to do where the words fit. Throws {@link Refused} where they do not. */
  #prepare(command: Command<M>, line: TypedLine<M>): Work {
    const reading = line.reading ?? command.read(line.words);
    if (reading.kind === "fit") return reading.run;
    const { message, repeatsWord } = reading.error;
    const isHidden = this.#discreet || (repeatsWord && !command.takesSecret && mayHoldPassword(line));
    const { dialect } = this.#parts;
    const hint = dialect.usage(command.usage);
    throw new Refused(isHidden ? dialect.hiddenMisfit : message, { namesCommand: true, hint });
  }
}
