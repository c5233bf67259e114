import { hsmItem, withHsm } from "../../config/yaml-edit.ts";
import { addHsm } from "../../fleet/add-hsm.ts";
import { oneLine } from "../../text/json.ts";
import { addedLines } from "./added-lines.ts";
import { addressOf } from "./address-words.ts";
import { changingFleet } from "./changing-fleet.ts";
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
      const added = await addHsm(request.cluster, address, change);
      const { clusterId, hsm } = added;
      const configuration = await editConfiguration(requested, {
        made: [hsm],
        apply: (text) => withHsm(text, clusterId, hsm),
        byHand: `add ${hsmItem(hsm)} to the hsms of ${clusterId}`,
      });
      return request.json ? [oneLine({ ...added, configuration })] : addedLines(added, configuration);
    });
  });
}
