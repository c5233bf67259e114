// What changing a fleet costs.
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createBigHome } from "./big-home.mjs";
import { copyHome, createHome, fleetProgram, folder, sessionOf } from "./home.mjs";
import { finish, medians, timed } from "./measure.mjs";

/** As much as an HSM takes by default. */
const users = 1024;
const keys = 3300;

/** Three HSMs with as many keys as an HSM has room for at the service, all in step. */
export async function compareKeys() {
  return compare("compare, 3 HSMs x 16,666 keys", await createBigHome({ hsms: 3, keys: 16_666 }), 2000);
}

/** As many HSMs as a cluster has, with as many users as an HSM takes. */
export function compareUsers() {
  return compare("compare, 28 HSMs x 1,024 users", createHome({ hsms: 28, users }), 1000);
}

async function compare(what, home, absoluteAim) {
  const { env } = sessionOf(home);
  const files = readdirSync(home).filter((name) => name.endsWith(".hsm"));
  const select = "SELECT collection, key, content FROM record ORDER BY collection, key;";
  const [ours, theirs] = await medians(
    10,
    () => {
      const [, output] = finish(process.execPath, [fleetProgram, "compare"], { env });
      if (!output.includes("in step")) throw new Error(output);
    },
    () => {
      for (const file of files) finish("sqlite3", [join(home, file), select]);
    },
  );
  return { what, ours, beside: "`sqlite3` selecting the rows of all files", theirs, unit: "ms", absoluteAim };
}

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
