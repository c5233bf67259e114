import type { DialectName } from "../../config/dialect-name.ts";
import { newClusterText } from "../../config/new-cluster.ts";
import type { FirstLogin } from "../../config/new-users.ts";
import { isIdentifier } from "../../config/schema.ts";
import { writeNewFile } from "../../files/new-file.ts";
import { drawId } from "../../fleet/service-ids.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { shellLine } from "../../text/shell-line.ts";
import { limitsBy, vendorNamed } from "../vendor.ts";
import { requireRegion } from "./address-words.ts";
import { newNodes } from "./new-nodes.ts";
import { printLines } from "./print-lines.ts";
import { WordsError } from "./words-error.ts";

/** What is asked of `create`. */
interface CreateRequest {
  /** The file to write. */
  readonly file: string;
  /** Whose cluster it is. */
  readonly dialect: DialectName;
  readonly hsms: number;
  readonly region: string | undefined;
  /** The id of the cluster; undefined is one that is drawn. */
  readonly id: string | undefined;
  readonly json: boolean;
}

/** Writes a configuration to start from, and returns the exit status: 1 where the file is there already. */
export function createConfiguration(request: CreateRequest): Promise<number> {
  const { file, dialect, hsms: count, region, id: named, json } = request;
  return printLines(async () => {
    await requireFit({ dialect, count, region, named });
    const id = named ?? drawId("cluster");
    const hsms = newNodes[dialect].draw(count);
    await writeNewFile(file, newClusterText({ dialect, id, region, hsms, firstLogin: await firstLoginOf(dialect) }));
    const shell = [vendorNamed(dialect).program, file];
    if (json) return [oneLine({ file, dialect, clusterId: id, region, hsms, shell })];
    return [
      printable(`${file} describes ${id}: ${hsms.map(({ hostname }) => hostname).join(", ")}`),
      printable(shellLine(shell)),
    ];
  });
}

interface Wishes {
  readonly dialect: DialectName;
  readonly count: number;
  readonly region: string | undefined;
  readonly named: string | undefined;
}

/** Throws WordsError for what no configuration may say. */
async function requireFit({ dialect, count, region, named }: Wishes): Promise<void> {
  const [{ fewest }, { hsms: most }] = [newNodes[dialect], (await limitsBy())(dialect)];
  if (count < fewest || count > most) {
    throw new WordsError(
      fewest === most
        ? `--hsms must be ${String(most)}: a cluster of ${dialect} has no other number of HSMs`
        : `--hsms must be ${String(fewest)} to ${String(most)}: a cluster has no more HSMs`,
    );
  }
  if (named !== undefined && !isIdentifier(named)) {
    throw new WordsError("--name must be 1 to 64 letters, digits, dots, underscores or hyphens");
  }
  requireRegion(region);
}

/** Who activates a cluster of a vendor. */
async function firstLoginOf(dialect: DialectName): Promise<FirstLogin> {
  const { factoryUsers } = await vendorNamed(dialect).model();
  const officer = factoryUsers.find(({ type }) => type === "PRECO");
  return { name: officer?.name ?? "", password: officer?.password ?? "" };
}
