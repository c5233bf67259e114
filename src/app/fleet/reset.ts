import { isatty } from "node:tty";
import { StateError } from "../../errors/state-error.ts";
import { hsmAddresses, resetHome } from "../../fleet/reset-home.ts";
import type { Home } from "../../store/home.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { complain } from "../process/standard-error.ts";
import { askLine } from "./ask-password.ts";
import { changingHome } from "./changing-home.ts";
import { counted } from "./counted.ts";
import { printLines } from "./print-lines.ts";
import { type FormRequest, inRequestedHome } from "./requested-home.ts";
import { WordsError } from "./words-error.ts";
import { addressText } from "../../store/address.ts";

/** What is asked of `reset`. */
interface ResetRequest extends FormRequest {
  readonly yes: boolean;
}

/** Deletes all that a home holds, once somebody agreed to that, and returns the exit status: 1 where nobody did. */
export function resetAll(request: ResetRequest): Promise<number> {
  return printLines(async () => {
    if (!request.yes && !isatty(0)) {
      throw new WordsError("reset deletes HSMs, but there is nobody to ask here: add --yes");
    }
    const isAgreed = request.yes || (await inRequestedHome(request, ({ home }) => agree(home)));
    if (!isAgreed) throw new StateError("reset cancelled: nothing was deleted");
    return changingHome(request, async ({ home }) => {
      const deleted = await resetHome(home);
      if (request.json) return [oneLine({ deleted })];
      return [
        printable(`${home.name} is empty: ${counted(deleted.length, "HSM")} deleted, with all that was kept there`),
      ];
    });
  });
}

async function agree(home: Home): Promise<boolean> {
  const doomed = await hsmAddresses(home);
  complain(`reset deletes ${counted(doomed.length, "HSM")} in ${home.name}, and all backups, faults and states there:`);
  for (const address of doomed) complain(`  ${addressText(address)}`);
  const { signal } = new AbortController();
  for (;;) {
    const answer = (await askLine("Delete them (y/n)?", "question", signal))?.trim().toLowerCase() ?? "n";
    if (answer === "y" || answer === "n") return answer === "y";
  }
}
