import { mkdtempSync, rmSync } from "node:fs";
import { type Server, type Socket, createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { PostgresServer } from "./postgres-server.ts";

/** Who is about to say something: the client the end of a statement, or the server that it is done with one. */
export type Speaker = "client" | "server";

/** What is done at a step, before it goes on: before a statement reaches the server, or the answer's end the client; "cut" ends the connection instead. */
export type Disturbance = (backend: number) => Promise<"cut" | "go on">;

/** Where on the road something is to happen: before what a speaker says the so-manieth time. */
interface Step {
  readonly speaker: Speaker;
  readonly at: number;
  readonly disturb: Disturbance;
}

/** Ends of statements, by their letters in the protocol: Sync, Query; ReadyForQuery. */
const ends: Readonly<Record<Speaker, string>> = { client: "SQ", server: "Z" };

/** The road between clients and a server, on which a test can stand at each step. */
export class PostgresRoad {
  readonly #server: PostgresServer;
  readonly #folder = mkdtempSync(join(tmpdir(), "cloudhsm-road-"));
  readonly #listening: Server;
  readonly #sockets = new Set<Socket>();
  #said: Record<Speaker, number> = { client: 0, server: 0 };
  #step: Step | undefined;
  /** Whether whoever comes is sent away. */
  isClosed = false;

  /** A road of this test file. */
  constructor(server: PostgresServer) {
    this.#server = server;
    this.#listening = createServer((client) => {
      this.#lead(client);
    }).listen(join(this.#folder, ".s.PGSQL.5432"));
    afterAll(() => {
      for (const socket of this.#sockets) socket.destroy();
      this.#listening.close();
      rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  /** The address by which the home in a schema is reached on this road. */
  home(schema: string): string {
    return `postgres://postgres@${encodeURIComponent(this.#folder)}/postgres?sslmode=disable&schema=${schema}`;
  }

  /** Begins to count the steps anew, and does something at one of them. */
  watch(step?: Step): void {
    this.#said = { client: 0, server: 0 };
    this.#step = step;
  }

  /** How many steps there were since. */
  get said(): Readonly<Record<Speaker, number>> {
    return { ...this.#said };
  }

  #lead(client: Socket): void {
    const server = connect(join(this.#server.folder, ".s.PGSQL.5432"));
    const both = [client, server];
    const end = (): void => {
      for (const socket of both) {
        socket.destroy();
        this.#sockets.delete(socket);
      }
    };
    for (const socket of both) {
      this.#sockets.add(socket);
      socket.on("error", end).on("close", end);
    }
    if (this.isClosed) {
      end();
      return;
    }
    let backend = 0;
    const pass = (speaker: Speaker, from: Socket, to: Socket): void => {
      const messages = new Messages(speaker === "client");
      let last: Promise<unknown> = Promise.resolve();
      // All messages of one statement or answer, which pass together.
      let held: Buffer[] = [];
      from.on("data", (chunk: Buffer) => {
        last = last.then(async () => {
          for (const message of messages.in(chunk)) {
            const letter = String.fromCharCode(message[0] ?? 0);
            if (speaker === "server" && letter === "K") backend = message.readInt32BE(5);
            held.push(message);
            const isEnd = ends[speaker].includes(letter);
            if (speaker === "client" && !isEnd && backend !== 0) continue;
            if (isEnd && (await this.#isCut(speaker, backend))) {
              end();
              return;
            }
            if (to.writable) to.write(Buffer.concat(held));
            held = [];
          }
        });
      });
    };
    pass("client", client, server);
    pass("server", server, client);
  }

  async #isCut(speaker: Speaker, backend: number): Promise<boolean> {
    const step = this.#step;
    if (this.#said[speaker]++ !== step?.at || step.speaker !== speaker) return false;
    this.#step = undefined;
    return (await step.disturb(backend)) === "cut";
  }
}

/** Cuts what one side says into messages: a letter and a length, but for a client's first one, which has no letter. */
class Messages {
  #isFirst: boolean;
  #left = Buffer.alloc(0);

  constructor(isFirst: boolean) {
    this.#isFirst = isFirst;
  }

  in(chunk: Buffer): readonly Buffer[] {
    this.#left = Buffer.concat([this.#left, chunk]);
    const messages: Buffer[] = [];
    for (;;) {
      const before = this.#isFirst ? 0 : 1;
      if (this.#left.length < before + 4) return messages;
      const length = before + this.#left.readInt32BE(before);
      if (this.#left.length < length) return messages;
      messages.push(this.#left.subarray(0, length));
      this.#left = this.#left.subarray(length);
      this.#isFirst = false;
    }
  }
}
