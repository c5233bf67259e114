import { isatty } from "node:tty";
import { type KeptBackup, keepBackup, keptBackups } from "../../fleet/backups.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { changingFleet } from "./changing-fleet.ts";
import { counted } from "./counted.ts";
import { paintFor } from "./paint.ts";
import { printLines } from "./print-lines.ts";
import { type FormRequest, inRequestedHome } from "./requested-home.ts";

/** Keeps a backup of a cluster, and returns the exit status. */
export function backUp(request: FormRequest, clusterId: string): Promise<number> {
  return printLines(() =>
    changingFleet(request, async (_, change) => {
      const kept = await keepBackup(clusterId, change);
      if (request.json) return [oneLine(asJson(kept))];
      return [printable(`${kept.id} keeps ${contentOf(kept)} of ${kept.hsmId}, from ${clusterId}`)];
    }),
  );
}

/** Prints which backups a home keeps, and returns the exit status. */
export function printBackups(request: FormRequest): Promise<number> {
  return printLines(() =>
    inRequestedHome(request, async ({ home }) => {
      const all = await keptBackups(home);
      if (request.json) return [oneLine({ backups: all.map(asJson) })];
      if (all.length === 0) return [printable(`${home.name} keeps no backup: cloudhsm-sim backup <cluster> takes one`)];
      return isatty(1) ? asTable(all) : all.map((kept) => printable(rowOf(kept).join("  ")));
    }),
  );
}

async function asTable(all: readonly KeptBackup[]): Promise<readonly string[]> {
  const { tableLines } = await import("./table.ts");
  return tableLines(["backup", "taken", "of", "in", "content"], all.map(rowOf), await paintFor(true));
}

function rowOf(kept: KeptBackup): readonly string[] {
  const { id, time, hsmId, traits } = kept;
  const where = traits.region === undefined ? traits.clusterId : `${traits.clusterId} (${traits.region})`;
  return [id, new Date(time).toISOString(), hsmId, where, contentOf(kept)];
}

function contentOf({ users, keys }: KeptBackup): string {
  return `${counted(users, "user")} and ${counted(keys, "key")}`;
}

function asJson({ id, time, hsmId, users, keys, traits: { clusterId, region } }: KeptBackup): object {
  return { id, time: new Date(time).toISOString(), clusterId, region, hsmId, users, keys };
}
