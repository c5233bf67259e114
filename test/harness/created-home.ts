import { aws } from "../../src/simulator/models/aws.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { createHsms } from "../../src/fleet/create-hsms.ts";
import { Progress } from "../../src/fleet/progress.ts";
import { HsmFolder } from "../../src/store/sqlite/hsm-folder.ts";
import { startOfTime } from "./backups.ts";

/** Creates in a home what a YAML text names and the home lacks, and returns the folder, open. */
export async function createdHome(home: string, yaml: string): Promise<HsmFolder> {
  const folder = new HsmFolder(home);
  await createHsms(await readYaml("cluster.yaml", yaml, aws.limits).clusters(), {
    folder,
    model: aws,
    clock: () => startOfTime,
    progress: new Progress(new AbortController().signal),
    creating: () => undefined,
    joined: () => undefined,
  });
  return folder;
}
