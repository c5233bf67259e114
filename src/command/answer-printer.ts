import { type Answer, type Done, type Failed, isDone } from "../cluster/answer.ts";
import type { Mode } from "../cluster/cluster.ts";
import type { Server } from "../cluster/server.ts";
import type { Hsm, SessionHandle } from "../hsm/hsm.ts";
import { writeOutputFile } from "../files/output-file.ts";
import type { CommandContext } from "./command.ts";
import { success } from "./request-lines.ts";
import type { Dialect } from "./wording.ts";

/** A place for the lines of a server. */
export interface ServerLines {
  readonly dialect: Dialect;
  readonly mode: Mode;
  readonly server: Server;
  /** How many servers have lines above. */
  readonly position: number;
}

/** An answer, and what its lines are made with. */
interface ShownAnswer<T> extends ServerLines {
  readonly value: T;
  /** Its line of success. */
  readonly success: string;
}

/** A file with what servers returned; nothing is shown before it is written. */
interface SavedAnswers<T, A> {
  readonly path: (asked: A) => string;
  readonly text: (value: T) => string;
  /** Takes back what a server returned, where the file was not written. */
  readonly withdraw?: (hsm: Hsm, session: SessionHandle, value: T) => Promise<void>;
}

/** A file of its own for an answer. */
interface SavedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** How the answers of a command are worded. */
export interface AnswerForm<T, A> {
  /** The lines of an answer; left out, it has its line of success only. */
  readonly lines?: (answer: ShownAnswer<T>, asked: A) => readonly string[];
  /** When the success line follows on the screen; always, when left out. */
  readonly successLine?: "serverMode" | "never";
  /** What is printed above a failure on the screen. */
  readonly failureHeading?: (place: ServerLines, asked: A) => readonly string[];
  /** The file to write the lines to, if any; the screen then shows only the success lines. */
  readonly outputFile?: (asked: A) => string | undefined;
  readonly saved?: SavedAnswers<T, A>;
  /** Files for each answer; nothing is shown before they are written. */
  readonly savedEach?: (place: Omit<ShownAnswer<T>, "success">, asked: A) => readonly SavedFile[];
  /** What follows the answers once every server was asked and did it. */
  readonly closing?: (context: CommandContext) => readonly string[];
}

/** Prints answers as they come, or once their file is written. */
export class AnswerPrinter<T, A> {
  readonly #context: CommandContext;
  readonly #form: AnswerForm<T, A>;
  readonly #asked: A;
  readonly #outputFile: string | undefined;
  readonly #done: Done<T>[] = [];

  constructor(context: CommandContext, form: AnswerForm<T, A>, asked: A) {
    this.#context = context;
    this.#form = form;
    this.#asked = asked;
    this.#outputFile = form.outputFile?.(asked);
  }

  /**
   * Writes the file, then prints the lines held back for it and what follows the answers. Throws {@link CommandError}.
   */
  async finish(answers: readonly Answer<T>[]): Promise<void> {
    await this.#write();
    const { output } = this.#context;
    if (this.#isWrittenFirst)
      output.print(...this.#done.flatMap((answer, position) => this.#onScreen(answer, position)));
    if (answers.every(isDone)) output.print(...(this.#form.closing?.(this.#context) ?? []));
  }

  /**
   * Undoes the answers when their file cannot be written. Returns the servers where that worked; names each of the
   * others.
   */
  async withdraw(): Promise<readonly Server[]> {
    const withdraw = this.#form.saved?.withdraw;
    if (withdraw === undefined) return [];
    const { command, dialect, output } = this.#context;
    const withdrawn: Server[] = [];
    for (const { server, value } of this.#done) {
      const answer = await server.ask((hsm, session) => withdraw(hsm, session, value));
      if (isDone(answer)) withdrawn.push(server);
      else output.print(dialect.failed(command, answer.error.message), dialect.notRolledBackOn(command, server.label));
    }
    return withdrawn;
  }

  /** Prints an answer, unless a file is to be written first. */
  print(answer: Done<T>, before: readonly Answer<T>[]): void {
    this.#done.push(answer);
    if (!this.#isWrittenFirst) this.#context.output.print(...this.#onScreen(answer, this.#position(before)));
  }

  /** What is printed above the lines of a failure. */
  failureHeading({ server }: Failed, before: readonly Answer<T>[]): readonly string[] {
    if (this.#outputFile !== undefined) return [];
    return this.#form.failureHeading?.(this.#place(server, this.#position(before)), this.#asked) ?? [];
  }

  get #isWrittenFirst(): boolean {
    return this.#outputFile !== undefined || this.#form.saved !== undefined || this.#form.savedEach !== undefined;
  }

  /** A failure without a heading is not counted. */
  #position(before: readonly Answer<T>[]): number {
    return this.#form.failureHeading === undefined ? before.filter(isDone).length : before.length;
  }

  #place(server: Server, position: number): ServerLines {
    const { cluster, dialect } = this.#context;
    return { dialect, mode: cluster.mode, server, position };
  }

  #lines({ server, value }: Done<T>, position: number): readonly string[] {
    const answer = { ...this.#place(server, position), value, success: success(this.#context, server) };
    return this.#form.lines?.(answer, this.#asked) ?? [];
  }

  #onScreen(answer: Done<T>, position: number): readonly string[] {
    const successLine = this.#context.offered.successLine ?? this.#form.successLine;
    const line = success(this.#context, answer.server);
    if (this.#outputFile !== undefined) return [line];
    const isShown =
      successLine === undefined ||
      successLine === "always" ||
      (successLine === "serverMode" && this.#context.cluster.mode === "server");
    return [...this.#lines(answer, position), ...(isShown ? [line] : [])];
  }

  async #write(): Promise<void> {
    const { saved, savedEach } = this.#form;
    if (this.#done.length === 0) return;
    if (this.#outputFile !== undefined) {
      const lines = this.#done.flatMap((answer, position) => this.#lines(answer, position));
      await writeOutputFile(this.#context.home, this.#outputFile, lines.map((line) => `${line}\n`).join(""));
    }
    if (saved !== undefined) {
      const text = this.#done.map(({ value }) => saved.text(value)).join("");
      await writeOutputFile(this.#context.home, saved.path(this.#asked), text);
    }
    if (savedEach === undefined) return;
    for (const [position, { server, value }] of this.#done.entries()) {
      for (const { path, content } of savedEach({ ...this.#place(server, position), value }, this.#asked)) {
        await writeOutputFile(this.#context.home, path, content);
      }
    }
  }
}
