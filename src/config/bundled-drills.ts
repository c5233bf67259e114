import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigurationError } from "./configuration.ts";

/** The folder of the drills that come with this program. */
function folder(): string {
  return fileURLToPath(new URL("../../drills", import.meta.url));
}

const end = ".yaml";

/** The names of the drills that come with this program. */
export function bundledDrills(): readonly string[] {
  return readdirSync(folder())
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length))
    .toSorted();
}

/** The file of a drill: one that comes with this program by its name, or a file. Throws {@link ConfigurationError}. */
export function drillFile(word: string): string {
  if (bundledDrills().includes(word)) return join(folder(), `${word}${end}`);
  if (existsSync(word)) return word;
  throw new ConfigurationError(
    `${word} is neither a drill (cloudhsm-sim drill list names them) nor a file: name a drill, or the path of a YAML file`,
  );
}
