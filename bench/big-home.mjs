// HSMs with more on them than a configuration can say: made in this process, of the sources.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { folder, password } from "./home.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const parts = `
  export { readYaml } from "./src/config/yaml-file.ts";
  export { createHsms } from "./src/fleet/create-hsms.ts";
  export { Progress } from "./src/fleet/progress.ts";
  export { aws } from "./src/simulator/models/aws.ts";
  export { SqliteHome } from "./src/store/sqlite/sqlite-home.ts";
`;

/** A cluster with three users, and so many keys of the third on all its HSMs. */
export async function createBigHome({ hsms, keys }) {
  const outfile = join(folder(), "parts.mjs");
  await build({
    stdin: { contents: parts, resolveDir: root },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const { readYaml, createHsms, Progress, aws, SqliteHome } = await import(pathToFileURL(outfile).href);
  const cluster = {
    id: "cluster-bench",
    passwordCost: 10,
    maxKeys: keys,
    users: [
      { id: 1, type: "CO", name: "admin", password },
      { id: 2, type: "AU", name: "app_user", password },
      { id: 3, type: "CU", name: "user3", password },
    ],
    keys: [{ handle: 1, type: "AES", size: 256, label: "key", owner: "user3" }],
    hsms: Array.from({ length: hsms }, (_, index) => ({
      id: `hsm-${String(index)}`,
      hostname: `10.0.0.${String(index + 1)}`,
    })),
  };
  const text = `clusters:\n  - ${JSON.stringify(cluster)}\n`;
  const [plan] = await (await readYaml("cluster.yaml", text, () => aws.limits)).clusters();
  const [key] = plan.keys;
  const all = Array.from({ length: keys }, (_, at) => ({ ...key, handle: at + 1, label: `key${String(at + 1)}` }));
  const path = folder();
  const home = new SqliteHome(path);
  await createHsms([{ ...plan, keys: all }], {
    home,
    model: aws,
    clock: () => Date.now() * 1000,
    progress: new Progress(new AbortController().signal),
    creating: () => undefined,
    joined: () => undefined,
  });
  await home.close();
  writeFileSync(join(path, "cluster.yaml"), text);
  return path;
}
