import { findHsm } from "../../fleet/find-hsm.ts";
import { startHsm, stopHsm } from "../../fleet/power.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { changingHome } from "./changing-home.ts";
import { printLines } from "./print-lines.ts";
import type { FormRequest } from "./requested-home.ts";
import { addressText } from "../../store/address.ts";

/** Stops or starts an HSM, and returns the exit status. */
export function switchPower(request: FormRequest, word: string, to: "stopped" | "up"): Promise<number> {
  return printLines(() =>
    changingHome(request, async ({ home }) => {
      const hsm = await findHsm(home, word);
      await (to === "stopped" ? stopHsm(home, hsm) : startHsm(home, hsm));
      const { hsmId, clusterId, hostname, port } = hsm;
      if (request.json) return [oneLine({ hsmId, clusterId, hostname, port, state: to })];
      return [printable(`${hsmId} at ${addressText(hsm)} is ${to}`)];
    }),
  );
}
