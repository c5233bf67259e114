import { ConfigurationError } from "../../config/configuration.ts";
import { hsmHome } from "../../config/home.ts";
import { copyHome } from "../../fleet/copy-home.ts";
import type { KnownHsm } from "../../fleet/find-hsm.ts";
import { Progress } from "../../fleet/progress.ts";
import { addressText } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { openHome } from "../home/open-home.ts";
import { complain } from "../process/standard-error.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { changing } from "./changing-home.ts";
import { counted } from "./counted.ts";
import { printLines } from "./print-lines.ts";

/** What is asked of `copy`. */
interface CopyRequest {
  /** The names of two homes: folders, or addresses of databases. */
  readonly from: string;
  readonly to: string;
  readonly cluster: string | undefined;
  readonly json: boolean;
}

/** Copies a home, or a cluster of it, to another one, and returns the exit status. */
export function copy({ from: fromName, to: toName, cluster, json }: CopyRequest): Promise<number> {
  return printLines(() =>
    inHome(fromName, (from) =>
      inHome(toName, async (to) => {
        if (from.name === to.name) throw new ConfigurationError(`${from.name} cannot be copied to itself`);
        const progress = new Progress(new AbortController().signal);
        const display = new ProgressDisplay(progress, complain);
        display.begin();
        try {
          const leftOut = (place: string): void => {
            complain(`${place} cannot be read and is not copied: cloudhsm-sim status says why`);
          };
          const copying = { from, to, cluster, progress, leftOut };
          const copied = await changing(from, () => changing(to, () => copyHome(copying)));
          return json ? [oneLine({ from: from.name, to: to.name, copied })] : linesOf(to, copied);
        } finally {
          display.end();
        }
      }),
    ),
  );
}

function linesOf(to: Home, copied: readonly KnownHsm[]): readonly string[] {
  const clusters = new Set(copied.map(({ clusterId }) => clusterId));
  return [
    ...copied.map((hsm) => printable(`${hsm.hsmId} of ${hsm.clusterId} at ${addressText(hsm)}`)),
    printable(`${counted(copied.length, "HSM")} of ${counted(clusters.size, "cluster")} copied to ${to.name}`),
  ];
}

async function inHome<T>(name: string, work: (home: Home) => Promise<T>): Promise<T> {
  const home = await openHome(hsmHome(name, process.env, { home: undefined }));
  try {
    return await work(home);
  } finally {
    await home.close();
  }
}
