import { hsmItem, withHsm } from "../../config/yaml-edit.ts";
import { addHsm } from "../../fleet/add-hsm.ts";
import { addressText } from "../../fleet/find-hsm.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { addressOf } from "./address-words.ts";
import { changingFleet } from "./changing-fleet.ts";
import { counted } from "./counted.ts";
import { editConfiguration } from "./edited-configuration.ts";
import { printLines } from "./print-lines.ts";
import type { FormRequest } from "./requested-home.ts";

/** What is asked of `hsm add`. */
interface AddRequest extends FormRequest {
  readonly cluster: string;
  readonly hostname: string;
  readonly port: number | undefined;
}

/** Adds an HSM to a living cluster, and returns the exit status. */
export function addHsmTo(request: AddRequest): Promise<number> {
  return printLines(async () => {
    const address = addressOf(request.hostname, request.port);
    return changingFleet(request, async (requested, change) => {
      const { clusterId, hsm, from, users, keys } = await addHsm(request.cluster, address, change);
      const edited = await editConfiguration(requested, {
        apply: (text) => withHsm(text, clusterId, hsm),
        byHand: `add ${hsmItem(hsm)} to the hsms of ${clusterId}`,
      });
      const { file } = requested.configuration;
      if (request.json) {
        return [oneLine({ clusterId, hsm, from, users, keys, configuration: edited ? file : undefined })];
      }
      const content = `${counted(users, "user")} and ${counted(keys, "key")} of ${from}`;
      return [
        printable(`${hsm.id} at ${addressText(hsm)} is in ${clusterId} now, with ${content}`),
        ...(edited ? [printable(`${file} lists it`)] : []),
      ];
    });
  });
}
