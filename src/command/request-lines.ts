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

/** The two lines of a server that refused. */
export function failure(
  { command, dialect }: CommandContext,
  { server: { label }, error }: Failed,
  secondLine?: FailureLine,
): readonly string[] {
  return [dialect.failed(command, error.message), secondLine?.(dialect, label) ?? dialect.failedOn(command, label)];
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
