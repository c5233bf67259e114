import { withHsmId } from "../../config/yaml-edit.ts";
import { destroyHsm, replaceHsm } from "../../fleet/destroy-hsm.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { complain } from "../process/standard-error.ts";
import { addedLines } from "./added-lines.ts";
import { changingFleet } from "./changing-fleet.ts";
import { changingHome } from "./changing-home.ts";
import { editConfiguration } from "./edited-configuration.ts";
import { printLines } from "./print-lines.ts";
import type { FormRequest } from "./requested-home.ts";
import { addressText, isSameAddress } from "../../store/address.ts";

/** Destroys the HSM that a word names, and returns the exit status. */
export function destroyNamed(request: FormRequest, word: string): Promise<number> {
  return printLines(() =>
    changingHome(request, async ({ home, configuration, isNamed }) => {
      const hsm = await destroyHsm(home, word);
      const { hsmId, clusterId, hostname, port } = hsm;
      const isListed = configuration.servers.some((server) => isSameAddress(server, hsm));
      if (isNamed && isListed) {
        complain(
          `${configuration.file} still lists ${addressText(hsm)}: shells say that it is gone until you take it out`,
        );
      }
      if (request.json) return [oneLine({ hsmId, clusterId, hostname, port, state: "destroyed" })];
      return [printable(`${hsmId} at ${addressText(hsm)} is destroyed, and no start creates it anew`)];
    }),
  );
}

/** Replaces the HSM that a word names by a new one at its address, and returns the exit status. */
export function replaceNamed(request: FormRequest, word: string): Promise<number> {
  return printLines(() =>
    changingFleet(request, async (requested, change) => {
      const added = await replaceHsm(word, change);
      const { replaced } = added;
      const configuration = await editConfiguration(requested, {
        made: [added.hsm],
        apply: (text) => withHsmId(text, replaced, added.hsm.id),
        byHand: `write ${added.hsm.id} in place of ${replaced}`,
      });
      if (request.json) return [oneLine({ ...added, configuration })];
      return [printable(`${replaced} is destroyed`), ...addedLines(added, configuration)];
    }),
  );
}
