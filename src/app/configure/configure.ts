import { join, resolve } from "node:path";
import { hsmHome } from "../../config/home.ts";
import { namedPath } from "../../files/named-path.ts";
import { printLines } from "../fleet/print-lines.ts";
import { openHome } from "../home/open-home.ts";
import { writeConfigurationFiles } from "./configuration-files.ts";
import { editsFor } from "./edits.ts";
import type { ConfigureRequest } from "./request.ts";

/** Writes the configurations of the original's client and shell below a folder, and returns the exit status. */
export function configure({ prefix, setting }: ConfigureRequest): Promise<number> {
  return printLines(async () => {
    const etc = join(resolve(namedPath(prefix)), "etc");
    const home = await openHome(hsmHome(undefined, process.env, { home: undefined }));
    try {
      return await writeConfigurationFiles(etc, await editsFor(home, etc, setting));
    } finally {
      await home.close();
    }
  });
}
