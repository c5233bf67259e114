import { newClusterText } from "../../config/new-cluster.ts";
import { isIdentifier } from "../../config/schema.ts";
import { writeNewFile } from "../../files/new-file.ts";
import { drawId } from "../../fleet/service-ids.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { shellLine } from "../../text/shell-line.ts";
import { limitsBy } from "../vendor.ts";
import { requireRegion } from "./address-words.ts";
import { printLines } from "./print-lines.ts";
import { WordsError } from "./words-error.ts";

/** What is asked of `create`. */
interface CreateRequest {
  /** The file to write. */
  readonly file: string;
  readonly hsms: number;
  readonly region: string | undefined;
  /** The id of the cluster; undefined is one that is drawn. */
  readonly id: string | undefined;
  readonly json: boolean;
}

/** Writes a configuration to start from, and returns the exit status: 1 where the file is there already. */
export function createConfiguration({ file, hsms: count, region, id: named, json }: CreateRequest): Promise<number> {
  return printLines(async () => {
    await requireFit({ count, region, named });
    const id = named ?? drawId("cluster");
    const hsms = addresses(count).map((hostname) => ({ id: drawId("hsm"), hostname }));
    await writeNewFile(file, newClusterText({ id, region, hsms }));
    const shell = ["cloudhsm_mgmt_util", file];
    if (json) return [oneLine({ file, clusterId: id, region, hsms, shell })];
    return [
      printable(`${file} describes ${id}: ${hsms.map(({ hostname }) => hostname).join(", ")}`),
      printable(shellLine(shell)),
    ];
  });
}

interface Wishes {
  readonly count: number;
  readonly region: string | undefined;
  readonly named: string | undefined;
}

/** Throws WordsError for what no configuration may say. */
async function requireFit({ count, region, named }: Wishes): Promise<void> {
  const limits = (await limitsBy())(undefined);
  if (count < 1 || count > limits.hsms) {
    throw new WordsError(`--hsms must be 1 to ${String(limits.hsms)}: a cluster has no more HSMs`);
  }
  if (named !== undefined && !isIdentifier(named)) {
    throw new WordsError("--name must be 1 to 64 letters, digits, dots, underscores or hyphens");
  }
  requireRegion(region);
}

/** Addresses in a network of its own, one availability zone after the other, as subnets of a cluster are. */
function addresses(count: number): readonly string[] {
  const zones = 3;
  const [network = 0, ...hosts] = crypto.getRandomValues(new Uint8Array(count + 1));
  // Below 16 are the clusters that come with the program; a host has a place of its own in its zone.
  const second = 16 + (network % 240);
  return hosts.map((host, at) => {
    const place = Math.floor(at / zones);
    return `10.${String(second)}.${String((at % zones) + 1)}.${String(4 + place * 25 + (host % 25))}`;
  });
}
