import type { Configuration } from "../../src/config/configuration.ts";
import type { Model } from "../../src/simulator/models/model.ts";
import { aws } from "../../src/simulator/models/aws.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { createHsms } from "../../src/fleet/create-hsms.ts";
import { Progress } from "../../src/fleet/progress.ts";
import type { Home } from "../../src/store/home.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { startOfTime } from "./backups.ts";

/** Creates in a folder what a YAML text names and it lacks, and returns the home, open. */
export async function createdHome(folder: string, yaml: string, model: Model = aws): Promise<SqliteHome> {
  const home = new SqliteHome(folder);
  await home.prepare();
  await createIn(home, yaml, model);
  return home;
}

/** Creates in a home what a YAML text names and it lacks. */
export async function createIn(home: Home, yaml: string, model: Model = aws): Promise<void> {
  await createFrom(
    home,
    readYaml("cluster.yaml", yaml, () => model.limits),
    model,
  );
}

/** Creates in a home what a configuration names and it lacks, as HSMs of a model. */
export async function createFrom(
  home: Home,
  configuration: Pick<Configuration, "clusters">,
  model: Model = aws,
): Promise<void> {
  await createHsms(await configuration.clusters(), {
    home,
    model,
    clock: () => startOfTime,
    progress: new Progress(new AbortController().signal),
    creating: () => undefined,
    joined: () => undefined,
  });
}
