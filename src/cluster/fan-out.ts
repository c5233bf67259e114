import { HsmError } from "../hsm/return-code.ts";
import type { Server } from "./server.ts";

/** What to do about a server that failed. */
export type Decision = "retry" | "ignore" | "abort" | "rollBack";

/** How one request goes to each server, and whom to tell. */
export interface FanOut<T> {
  readonly servers: readonly Server[];
  readonly request: (server: Server) => Promise<T>;
  /** Called as each server succeeds, before the next one is asked. */
  readonly succeeded: (server: Server, result: T) => void;
  /** Called with each server's refusal; the answer decides how it goes on. */
  readonly failed: (server: Server, error: HsmError) => Promise<Decision>;
  /** Undoes the request on a server where it had succeeded; for `rollBack`. */
  readonly undo?: (server: Server, result: T) => Promise<void>;
  /** Whether to stop before the next server: somebody pressed Ctrl-C. */
  readonly interrupted: () => Promise<boolean>;
}

/** Whether every server did what it was asked, or somebody stopped it between two servers. */
export type FanOutResult = "everywhere" | "incomplete" | "interrupted";

/** Sends one request to each server in order, until all had it or somebody decides otherwise. */
export async function fanOut<T>(fan: FanOut<T>): Promise<FanOutResult> {
  const done: (readonly [Server, T])[] = [];
  let result: FanOutResult = "everywhere";
  for (const [position, server] of fan.servers.entries()) {
    if (position > 0 && (await fan.interrupted())) return "interrupted";
    const outcome = await untilDecided(fan, server);
    if ("value" in outcome) {
      done.push([server, outcome.value]);
      // Outside of what asks about a refusal: what fails here was done, and is not to be retried.
      fan.succeeded(server, outcome.value);
      continue;
    }
    result = "incomplete";
    if (outcome.decision === "rollBack") {
      for (const [undone, value] of done.reverse()) await fan.undo?.(undone, value);
    }
    if (outcome.decision !== "ignore") break;
  }
  return result;
}

type Outcome<T> = { readonly value: T } | { readonly decision: Exclude<Decision, "retry"> };

/** Asks one server, again and again as long as the decision is to retry. */
async function untilDecided<T>(fan: FanOut<T>, server: Server): Promise<Outcome<T>> {
  for (;;) {
    try {
      return { value: await fan.request(server) };
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
      const decision = await fan.failed(server, error);
      if (decision !== "retry") return { decision };
    }
  }
}
