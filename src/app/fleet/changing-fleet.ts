import { clock } from "../../clock/clock.ts";
import { Progress } from "../../fleet/progress.ts";
import type { Change } from "../../fleet/restore-hsms.ts";
import { complain } from "../process/standard-error.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { changingHome } from "./changing-home.ts";
import type { HomeRequest, RequestedHome } from "./requested-home.ts";

/**
 * Makes HSMs in a home, while no other program changes what is there, and shows how far that is. A signal ends the process
 * at once: each HSM is made whole or not at all. Throws ConfigurationError, StoreError, and what `work` throws.
 */
export function changingFleet<T>(
  request: HomeRequest,
  work: (requested: RequestedHome, change: Change) => Promise<T>,
): Promise<T> {
  return changingHome(request, async (requested) => {
    const progress = new Progress(new AbortController().signal);
    const display = new ProgressDisplay(progress, complain);
    display.begin();
    try {
      return await work(requested, { home: requested.home, clock, progress });
    } finally {
      display.end();
    }
  });
}
