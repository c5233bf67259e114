import type { ShellProcess } from "./shell-process.ts";
import { Turns } from "./turns.ts";

/** What a shell does between two commands, so that its process hears signals and its output keeps up. */
export interface Pace {
  readonly pause: () => Promise<void>;
  /** Whether the session is to end, for nobody is there any more. */
  readonly hungUp: () => boolean;
}

/** The pace of a shell in this process. */
export function paceOf({ writer, hangUp }: Pick<ShellProcess, "writer" | "hangUp">): Pace {
  const turns = new Turns();
  return {
    pause: async () => {
      await turns.next();
      await writer.caughtUp();
    },
    hungUp: () => hangUp.status !== undefined,
  };
}
