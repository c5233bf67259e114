import type { Failed } from "../cluster/answer.ts";
import type { Server } from "../cluster/server.ts";
import type { HsmError } from "../hsm/return-code.ts";
import type { CommandContext } from "./command.ts";
import type { Dialect } from "./wording.ts";

/** `createUser success on server 0(10.0.2.9)`; in server mode without the server. */
export function success({ cluster, command, dialect }: CommandContext, server: Server): string {
  return dialect.succeeded(command, cluster.current === undefined ? server.label : undefined);
}

/** The second line of a failure, where it is not `<command> failed on server N(name)`. */
export type FailureLine = (dialect: Dialect, label: string) => string;

/** The lines of a server that refused; the one of a server that is passed over. */
export function failure(
  { command, dialect }: CommandContext,
  failed: Failed,
  secondLine?: FailureLine,
): readonly string[] {
  const { server, error } = failed;
  if (isPassedOver(dialect, failed)) return [dialect.notConnected(server)];
  const { label } = server;
  const where = secondLine === undefined ? dialect.failedOn(command, label) : [secondLine(dialect, label)];
  return [dialect.failed(command, error.message), ...where];
}

/** Whether a server did not answer and the shell, as a vendor's does, goes on without it. */
export function isPassedOver({ traits }: Dialect, { error }: Failed): boolean {
  return traits.serverDown === "passedOver" && error.returnCode === "SERVER_UNAVAILABLE";
}

/** Keeps the hint that helps with a refusal, where there is one. */
export function adviseOn({ advise, command, dialect }: CommandContext, { returnCode }: HsmError): void {
  const hint = dialect.refusalHint(command, returnCode);
  if (hint !== undefined) advise(hint);
}

/** Prints a line that ends in `on 3 nodes`; nothing in server mode, where there is one. */
export function announce({ cluster, dialect, output }: CommandContext, what: string): void {
  if (cluster.current === undefined) output.print(dialect.onNodes(what, cluster.scope.length));
}
