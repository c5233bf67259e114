import type { Server } from "../cluster/server.ts";
import type { MaskedObject } from "../hsm/masked-object.ts";
import { HsmError, returnCodes } from "../hsm/return-code.ts";
import type { CommandContext, Outcome } from "./command.ts";
import { adviseOn } from "./on-servers.ts";
import { requireDestination } from "./require-server.ts";

/** A copy of a user or key from the server of server mode to another one. */
export interface Copy {
  readonly command: string;
  readonly destinationId: number;
  readonly extract: (source: Server) => Promise<MaskedObject>;
  readonly insert: (destination: Server, masked: MaskedObject) => Promise<unknown>;
  /** Whether the code of a step that succeeded is shown; that of a step that failed always is. */
  readonly showsSteps: boolean;
  readonly success: string;
}

/** Copies in two steps and tells of each by its code, as the original does: `ExtractMaskedObject: 0x0 !`. */
export async function copyObject(context: CommandContext, copy: Copy): Promise<Outcome> {
  const { cluster, dialect, output } = context;
  const source = cluster.current;
  const destination = requireDestination(context, copy.command, copy.destinationId);
  if (source === undefined || destination === undefined) return "failed";
  try {
    const masked = await step(context, copy, "extract", () => copy.extract(source));
    await step(context, copy, "insert", () => copy.insert(destination, masked));
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    output.print(dialect.failed(copy.command, error.message));
    adviseOn(context, copy.command, error);
    return "failed";
  }
  output.print(copy.success);
  return "done";
}

async function step<T>(
  { dialect, output }: CommandContext,
  copy: Copy,
  name: "extract" | "insert",
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    if (copy.showsSteps) output.print(dialect.copyStep(name, returnCodes.SUCCESS.code));
    return result;
  } catch (error) {
    if (error instanceof HsmError) output.print(dialect.copyStep(name, error.code));
    throw error;
  }
}
