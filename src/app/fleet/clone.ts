import { clusterItem, withCluster } from "../../config/yaml-edit.ts";
import { type NewCluster, cloneCluster } from "../../fleet/new-cluster.ts";
import { restoreBackup } from "../../fleet/backups.ts";
import type { Change } from "../../fleet/restore-hsms.ts";
import { type Address, addressText } from "../../store/address.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { addressOf, requireRegion } from "./address-words.ts";
import { changingFleet } from "./changing-fleet.ts";
import { counted } from "./counted.ts";
import { editConfiguration } from "./edited-configuration.ts";
import { printLines } from "./print-lines.ts";
import type { FormRequest } from "./requested-home.ts";

/** What is asked of `clone` and `restore`. */
interface NewClusterRequest extends FormRequest {
  /** The id of a cluster, or of a backup. */
  readonly origin: string;
  readonly hostnames: readonly string[];
  readonly port: number | undefined;
  readonly region: string | undefined;
}

/** Clones a cluster, and returns the exit status. */
export function cloneTo(request: NewClusterRequest): Promise<number> {
  return makeCluster(request, (addresses, change) => cloneCluster(request.origin, request.region, addresses, change));
}

/** Creates a cluster from a backup, and returns the exit status. */
export function restoreTo(request: NewClusterRequest): Promise<number> {
  return makeCluster(request, (addresses, change) => restoreBackup(request.origin, request.region, addresses, change));
}

type Making = (addresses: readonly Address[], change: Change) => Promise<NewCluster>;

function makeCluster(request: NewClusterRequest, make: Making): Promise<number> {
  return printLines(async () => {
    const addresses = request.hostnames.map((hostname) => addressOf(hostname, request.port));
    requireRegion(request.region);
    return changingFleet(request, async (requested, change) => {
      const made = await make(addresses, change);
      const listed = { ...made, id: made.clusterId };
      const configuration = await editConfiguration(requested, {
        made: made.hsms,
        apply: (text) => withCluster(text, listed),
        byHand: `add ${clusterItem(listed)} to its clusters`,
      });
      return request.json ? [oneLine({ ...made, configuration })] : linesOf(made, configuration);
    });
  });
}

function linesOf(made: NewCluster, listedIn: string | undefined): readonly string[] {
  const { clusterId, region, cloneOf, from, hsms, users, keys } = made;
  const where = region === undefined ? "" : ` in ${region}`;
  const content = `${counted(users, "user")} and ${counted(keys, "key")} of ${from}`;
  return [
    printable(`${clusterId}${where} is a clone of ${cloneOf} now, with ${content}`),
    ...hsms.map((hsm) => printable(`  ${hsm.id} at ${addressText(hsm)}`)),
    ...(listedIn === undefined ? [] : [printable(`${listedIn} lists it`)]),
  ];
}
