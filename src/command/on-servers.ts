import { type FanOut, fanOut } from "../cluster/fan-out.ts";
import type { Server } from "../cluster/server.ts";
import { HsmError } from "../hsm/return-code.ts";
import { Cancelled } from "./cancelled.ts";
import type { CommandContext, Outcome } from "./command.ts";
import { type AbortQuestion, type RollBackQuestion, decide } from "./questions.ts";

/** A request that a command sends to every server in scope, and how its answers are put. */
export type OnServers<T> = Sent<T> & (Final | Undoable<T>);

interface Sent<T> {
  readonly command: string;
  readonly request: (server: Server) => Promise<T>;
  /** Prints a server's answer; left out, its line of success. */
  readonly succeeded?: (server: Server, result: T) => void;
  /** What stands above the lines of a failure. */
  readonly failureHeading?: (server: Server) => readonly string[];
  /** The second line of a failure, where it is not `<command> failed on server N(name)`. */
  readonly failureLine?: (server: Server) => string;
}

interface Final {
  /** What to ask about a server that failed; left out, the next one has its turn. */
  readonly question?: AbortQuestion;
  readonly undo?: undefined;
}

interface Undoable<T> {
  readonly question: RollBackQuestion;
  /** Undoes the request on a server where it had succeeded. */
  readonly undo: (server: Server, result: T) => Promise<void>;
}

/** Sends a request to every server in scope, in order, and tells of each. */
export async function onServers<T>(context: CommandContext, sent: OnServers<T>): Promise<Outcome> {
  const { cluster, output } = context;
  const { command, question, undo } = sent;
  const done = new Set<Server>();
  const fan: FanOut<T> = {
    servers: cluster.scope,
    request: sent.request,
    interrupted: () => context.questions.interrupted(),
    succeeded: (server, result) => {
      done.add(server);
      if (sent.succeeded === undefined) output.print(success(context, command, server));
      else sent.succeeded(server, result);
    },
    failed: async (server, error) => {
      const heading = sent.failureHeading?.(server) ?? [];
      output.print(...heading, ...failure(context, command, server, error, sent.failureLine));
      adviseOn(context, command, error);
      const decision = question === undefined ? "ignore" : await decide(context, question);
      if (decision === "rollBack" && done.size === 0) output.print(`${command}: nothing to roll back`);
      return decision;
    },
    ...(undo && {
      undo: (server: Server, value: T) =>
        tellUndone(context, command, server, async () => {
          await undo(server, value);
          done.delete(server);
        }),
    }),
  };
  try {
    const result = await fanOut(fan);
    if (result === "interrupted") throw new Cancelled("interrupted");
    return result === "everywhere" ? "done" : "failed";
  } catch (error) {
    if (error instanceof Cancelled) throw error.after(extentOf(command, cluster.scope, done));
    throw error;
  }
}

/** On which servers a command was done that stopped halfway: what is done stays. */
function extentOf(command: string, scope: readonly Server[], done: ReadonlySet<Server>): string {
  const labels = (servers: readonly Server[]): string =>
    `${servers.length === 1 ? "server" : "servers"} ${servers.map(({ label }) => label).join(", ")}`;
  const left = scope.filter((server) => !done.has(server));
  if (done.size === 0) return `${command} was done on no server.`;
  return `${command} was done on ${labels([...done])}, and not on ${labels(left)}.`;
}

/** Undoes a request on a server; where that fails, the servers before it are rolled back all the same. */
async function tellUndone(
  { dialect, output }: CommandContext,
  command: string,
  server: Server,
  undo: () => Promise<void>,
): Promise<void> {
  try {
    await undo();
    output.print(dialect.rolledBackOn(command, server.label));
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    output.print(dialect.failed(command, error.message), dialect.notRolledBackOn(command, server.label));
  }
}

/** `createUser success on server 0(10.0.2.9)`; in server mode without the server. */
export function success({ cluster, dialect }: CommandContext, command: string, server: Server): string {
  return dialect.succeeded(command, cluster.current === undefined ? server.label : undefined);
}

/** The two lines of a server that refused. */
export function failure(
  { dialect }: CommandContext,
  command: string,
  server: Server,
  error: HsmError,
  secondLine?: (server: Server) => string,
): readonly string[] {
  return [dialect.failed(command, error.message), secondLine?.(server) ?? dialect.failedOn(command, server.label)];
}

/** Keeps the hint that helps with a refusal, where there is one. */
export function adviseOn({ advise, dialect }: CommandContext, command: string, { returnCode }: HsmError): void {
  const hint = dialect.refusalHint(command, returnCode);
  if (hint !== undefined) advise(hint);
}

/** Prints a line that ends in `on 3 nodes`; nothing in server mode, where there is one. */
export function announce({ cluster, dialect, output }: CommandContext, what: string): void {
  if (cluster.current === undefined) output.print(dialect.onNodes(what, cluster.scope.length));
}
