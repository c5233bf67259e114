import { fanOut } from "../cluster/fan-out.ts";
import type { Server } from "../cluster/server.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { CommandContext, Outcome } from "./command.ts";
import { type FailureQuestion, decide } from "./conversation.ts";

/** A request that a command sends to every server in scope, and how its answers are put. */
export interface OnServers<T> {
  readonly command: string;
  readonly request: (server: Server) => Promise<T>;
  /** Prints a server's answer; left out, its line of success. */
  readonly succeeded?: (server: Server, result: T) => void;
  /** What stands above the lines of a failure. */
  readonly failureHeading?: (server: Server) => readonly string[];
  /** The second line of a failure, where it is not `<command> failed on server N(name)`. */
  readonly failureLine?: (server: Server) => string;
  /** What to ask about a server that failed; left out, the next one has its turn. */
  readonly question?: FailureQuestion;
  readonly undo?: (server: Server, result: T) => Promise<void>;
}

/** Sends a request to every server in scope, in order, and tells of each. */
export async function onServers<T>(context: CommandContext, sent: OnServers<T>): Promise<Outcome> {
  const { cluster, output } = context;
  const { command, undo } = sent;
  const result = await fanOut<T>({
    servers: cluster.scope,
    request: sent.request,
    succeeded:
      sent.succeeded ??
      ((server) => {
        output.print(success(context, command, server));
      }),
    failed: async (server, error) => {
      output.print(...(sent.failureHeading?.(server) ?? []), ...failure(command, server, error, sent.failureLine));
      return sent.question === undefined ? "ignore" : decide(context, sent.question);
    },
    ...(undo === undefined
      ? {}
      : {
          undo: async (server: Server, value: T): Promise<void> => {
            try {
              await undo(server, value);
              output.print(`${command} rolled back on server ${server.label}`);
            } catch (error) {
              if (!(error instanceof HsmError)) throw error;
              // The servers before this one are rolled back all the same.
              output.print(
                `${command} failed: ${error.message}`,
                `${command} not rolled back on server ${server.label}`,
              );
            }
          },
        }),
  });
  return result === "everywhere" ? "done" : "failed";
}

/** `createUser success on server 0(10.0.2.9)`; in server mode without the server. */
export function success({ cluster }: CommandContext, command: string, server: Server): string {
  return cluster.current === undefined ? `${command} success on server ${server.label}` : `${command} success`;
}

/** The two lines of a server that refused. */
export function failure(
  command: string,
  server: Server,
  error: HsmError,
  secondLine?: (server: Server) => string,
): readonly string[] {
  return [`${command} failed: ${error.message}`, secondLine?.(server) ?? `${command} failed on server ${server.label}`];
}

/** Prints a line that ends in `on 3 nodes`; nothing in server mode, where there is one. */
export function announce({ cluster, output }: CommandContext, what: string): void {
  if (cluster.current === undefined) output.print(`${what} on ${String(cluster.scope.length)} nodes`);
}
