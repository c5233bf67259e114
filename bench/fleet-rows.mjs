// What changing a fleet costs.
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { copyHome, createHome, fleetProgram, folder, sessionOf } from "./home.mjs";
import { finish, medians, timed } from "./measure.mjs";

/** As much as an HSM takes by default. */
const users = 1024;
const keys = 3300;

/** A new HSM in a full cluster, beside SQLite writing its file anew. */
export async function hsmAdd() {
  const template = createHome({ hsms: 1, users, keys });
  const [file = ""] = readdirSync(template).filter((name) => name.endsWith(".hsm"));
  const [ours, theirs] = await medians(
    10,
    () => {
      const home = copyHome(template);
      return timed(() => {
        const [, output] = finish(process.execPath, [fleetProgram, "hsm", "add", "cluster-bench", "10.0.0.9"], {
          env: sessionOf(home).env,
          // It says there that no configuration lists the new one.
          stdio: ["pipe", "pipe", "ignore"],
        });
        if (!output.includes(`${String(users)} users and ${String(keys)} keys`)) throw new Error(output);
      });
    },
    () => {
      const copy = join(folder(), "copy.hsm");
      copyFileSync(join(template, file), copy);
      return timed(() => finish("sqlite3", [copy, `VACUUM INTO '${copy}.new';`]));
    },
  );
  return {
    what: "hsm add, 1,024 users and 3,300 keys",
    ours,
    beside: "`sqlite3` writing the same file",
    theirs,
    unit: "ms",
  };
}
