import { isatty } from "node:tty";
import type { Configuration, ServerEntry } from "../../config/configuration.ts";
import { type Comparison, compareHome, isAllInStep } from "../../fleet/compare/compare-home.ts";
import { ProgramError } from "../../errors/program-error.ts";
import type { Home } from "../../store/home.ts";
import { discovered } from "../discovered.ts";
import { toOutput } from "../process/to-output.ts";
import { comparisonAsJson, comparisonAsText } from "./compare-forms.ts";
import { passwordWords, vendorNamed } from "../vendor.ts";
import { paintFor } from "./paint.ts";
import { type HomeRequest, inRequestedHome } from "./requested-home.ts";

/** What is asked of `compare`. */
export interface CompareRequest extends HomeRequest {
  /** Only this cluster and its clones; undefined is all. */
  readonly cluster: string | undefined;
  readonly json: boolean;
}

/** Prints what is out of step, and returns the exit status: 1 where anything is, or where an HSM cannot be read. */
export function printComparison(request: CompareRequest): Promise<number> {
  return toOutput(({ writer }) =>
    inRequestedHome(request, async ({ home, configuration }) => {
      const servers = await foundServers(configuration, home);
      const all = await compareHome(home, servers, await passwordWords());
      const comparison = request.cluster === undefined ? all : only(all, request.cluster);
      const telling = { file: configuration.file, home, paint: await paintFor(isatty(1)) };
      const lines = request.json ? [comparisonAsJson(comparison, telling)] : comparisonAsText(comparison, telling);
      writer.write(lines.map((line) => `${line}\n`).join(""));
      return isAllInStep(comparison) ? 0 : 1;
    }),
  );
}

/** The servers of a shell on this configuration: Azure's and Oracle's find those that it does not list. */
async function foundServers({ servers, dialect = "aws" }: Configuration, home: Home): Promise<readonly ServerEntry[]> {
  const { traits } = await vendorNamed(dialect).dialect();
  return traits.discovery === "listed" && traits.label === "name" ? servers : discovered(servers, home, traits);
}

/** The family of one cluster. Throws {@link UnknownCluster}. */
function only({ families, unusable, notUp }: Comparison, cluster: string): Comparison {
  const chosen = families.filter(({ clusters }) => clusters.includes(cluster));
  const relatives = new Set(chosen.flatMap(({ clusters }) => clusters));
  if (chosen.length > 0) {
    return { families: chosen, unusable, notUp: notUp.filter(({ clusterId }) => relatives.has(clusterId)) };
  }
  throw new UnknownCluster(
    cluster,
    families.flatMap(({ clusters }) => clusters),
  );
}

/** There is no cluster with that id. */
class UnknownCluster extends ProgramError {
  override readonly name = "UnknownCluster";
  override readonly fault = "system";

  constructor(asked: string, known: readonly string[]) {
    const there =
      known.length === 0 ? "there is none" : `there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`;
    super(`there is no cluster ${JSON.stringify(asked)}: ${there}`);
  }
}
