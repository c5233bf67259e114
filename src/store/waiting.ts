import { setTimeout as pause } from "node:timers/promises";

/** Waits so many milliseconds, or until `signal` is aborted. Never rejects. */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Rejects when it is aborted, which is no failure here.
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}
