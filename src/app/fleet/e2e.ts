import type { e2eStates } from "../../config/configuration.ts";
import { setOwnerCheck } from "../../fleet/owner-check.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { changingHome } from "./changing-home.ts";
import { printLines } from "./print-lines.ts";
import type { FormRequest } from "./requested-home.ts";

/** Switches whether the owner's certificate of a cluster matters to shells, and returns the exit status. */
export function switchOwnerCheck(
  request: FormRequest,
  clusterId: string,
  state: (typeof e2eStates)[number],
): Promise<number> {
  return printLines(() =>
    changingHome(request, async ({ home }) => {
      await setOwnerCheck(home, clusterId, state);
      if (request.json) return [oneLine({ clusterId, e2e: state })];
      return [
        printable(
          state === "checked"
            ? `${clusterId} is checked: a shell that connects looks for the owner's certificate`
            : `${clusterId} is unchecked: a shell that connects needs no certificate of the owner`,
        ),
      ];
    }),
  );
}
