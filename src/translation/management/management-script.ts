import type { Command } from "../../command/command.ts";
import { hiddenPassword } from "../../command/parameters.ts";
import { isComment, withoutSecrets } from "../../shell/secrets.ts";
import { type TypedLine, helpFirst, typedLine } from "../../shell/typed-line.ts";
import { type Counterpart, none, notNeeded, orNone } from "../words/counterpart.ts";
import { passwordNotes } from "../words/passwords.ts";
import type { ScriptLines } from "../words/translated-line.ts";
import { type TranslatedLine, isTooLong, mask } from "../words/translated-line.ts";
import { type Row, type SoFar, type Step } from "./row.ts";
import { rows } from "./rows.ts";

/** The modes of the management shell. */
type Mode = "global" | "server";

/** The shell whose scripts are read. */
export interface ManagementShell {
  readonly commands: readonly Command<Mode>[];
  /** Whether a command asks y/n first. */
  readonly asksYesNo: (name: string) => boolean;
}

/** Translates a script of the management shell, read as that shell reads it: questions are answered by the lines below. */
export function translateManagement(shell: ManagementShell, script: ScriptLines): readonly TranslatedLine[] {
  return new ManagementScript(shell, script).translated();
}

class ManagementScript {
  readonly #shell: ManagementShell;
  readonly #script: ScriptLines;
  readonly #lines: TranslatedLine[] = [];
  #soFar: SoFar;
  #hasEnded = false;

  constructor(shell: ManagementShell, script: ScriptLines) {
    this.#shell = shell;
    this.#script = script;
    this.#soFar = {
      isFilledIn: script.isFilledIn,
      server: undefined,
      activation: undefined,
      token: undefined,
      approved: undefined,
    };
  }

  translated(): readonly TranslatedLine[] {
    for (;;) {
      const text = this.#script.next();
      if (text === undefined) return this.#lines;
      this.#take(text);
    }
  }

  #take(text: string): void {
    if (text.trim() === "") return;
    if (this.#hasEnded) this.#put(mask, notNeeded("after quit: the shell does not read it"));
    else if (isTooLong(text)) this.#put(mask, none("the shell refuses a line of this length"));
    else if (/^\s*[ynriab]\s*$/i.test(text))
      this.#put(text, notNeeded("an answer: the new tool asks nothing of that kind"));
    else {
      const typed = this.#read(text);
      if (typed !== undefined) this.#takeTyped(typed);
    }
  }

  #read(text: string): TypedLine<Mode> | undefined {
    const mode = this.#soFar.server === undefined ? "global" : "server";
    const typed = typedLine(this.#shell.commands, mode, text);
    return typed && helpFirst(this.#shell.commands, mode, typed);
  }

  #takeTyped(typed: TypedLine<Mode>): void {
    const { found, reading, text } = typed;
    if (isComment(text)) {
      this.#put(withoutSecrets(this.#shell.commands, typed), notNeeded());
    } else if (found.kind === "problem") {
      const problem = found.meant.length > 1 ? `it can be ${found.meant.join(", ")}` : "the shell has no such command";
      this.#put(mask, none(problem));
    } else if (reading?.kind !== "fit") {
      this.#put(
        withoutSecrets(this.#shell.commands, typed),
        none(`the shell refuses it; usage: ${found.command.usage}`),
      );
    } else {
      const row = rows[found.command.name];
      if (row === undefined) throw new Error(`there is no row for ${found.command.name}`);
      this.#carryOut(found.command.name, row, { ...typed, reading });
    }
  }

  /** Puts a command and the answers that follow it. */
  #carryOut(name: string, row: Row, typed: FitLine): void {
    const { assigned } = typed.reading;
    const step: Step = orNone(() => row.step((key) => assigned[key], this.#soFar));
    const at = this.#lines.length;
    this.#put(textOf(this.#shell.commands, typed), step);
    const { number } = this.#script;
    if (assigned["password"] === hiddenPassword) this.#takePasswords(row.passwords ?? 0, number);
    const answer = this.#shell.asksYesNo(name) ? this.#takeYesNo(number) : "yes";
    if (answer === "no") {
      this.#amend(at, notNeeded("answered n: the shell does nothing"));
      return;
    }
    this.#amend(at, { ...step, notes: [...step.notes, ...this.#notesOn(row, step, answer)] });
    if (assigned["secondFactor"] !== undefined)
      this.#takeAnswer("names the file that was signed: the new tool asks, too");
    if (row.asksPassPhrase === true) this.#takeAnswer("a pass phrase: the new tool takes no private key");
    this.#soFar = { ...this.#soFar, ...step.then };
    this.#hasEnded = name === "quit";
  }

  #notesOn({ isOfSession }: Row, step: Step, answer: "yes" | "missing"): readonly string[] {
    const { server } = this.#soFar;
    const isWider = server !== undefined && step.lines.length > 0 && isOfSession !== true;
    return [
      ...(answer === "missing" ? ["the shell asks y/n here, unless it has --yes"] : []),
      ...(isWider ? [`was for server ${server} only: this goes to the whole cluster`] : []),
    ];
  }

  #takePasswords(count: number, number: number): void {
    for (let left = count; left > 0; left--) {
      const password = this.#script.next();
      if (password === undefined) return;
      this.#put(mask, notNeeded(`a password that line ${String(number)} asks for`, ...passwordNotes(password)));
    }
  }

  /** After an empty line, yes and no the shell asks again; any other line leaves the question to --yes. */
  #takeYesNo(number: number): "yes" | "no" | "missing" {
    for (;;) {
      const answer = this.#script.peek()?.trim().toLowerCase();
      if (answer === undefined || !["", "y", "n", "yes", "no"].includes(answer)) return "missing";
      const text = this.#script.next() ?? "";
      if (answer.length > 1) this.#put(text, notNeeded("neither y nor n: the shell asks again"));
      if (answer.length !== 1) continue;
      this.#put(text, notNeeded(`answers line ${String(number)}: the new tool does not ask`));
      return answer === "y" ? "yes" : "no";
    }
  }

  /** Takes an answer of any kind, which a line that fits a command is not. */
  #takeAnswer(note: string): void {
    const text = this.#script.peek();
    if (text === undefined || this.#read(text)?.reading?.kind === "fit") return;
    this.#script.next();
    if (text.trim() !== "") this.#put(mask, notNeeded(note));
  }

  #put(text: string, { lines, missing, notes }: Counterpart): void {
    this.#lines.push({ line: this.#script.number, text, lines, missing, notes });
  }

  #amend(at: number, { lines, missing, notes }: Counterpart): void {
    const before = this.#lines[at];
    if (before !== undefined) this.#lines[at] = { ...before, lines, missing, notes };
  }
}

interface FitLine extends TypedLine<Mode> {
  readonly reading: Extract<NonNullable<TypedLine["reading"]>, { readonly kind: "fit" }>;
}

/** A line without its password; one that names another command is shown as in logs. */
function textOf(commands: readonly Command[], line: FitLine): string {
  if (line.namesSecretCommand) return withoutSecrets(commands, line);
  const { secrets } = line.reading;
  return [line.name, ...line.words.map((word) => (secrets.includes(word) ? mask : word))].join(" ");
}
