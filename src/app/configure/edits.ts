import { type ListedServer, cfgWith, cfgWithIdentity } from "../../config/cfg-text.ts";
import { clientCfgWith, clientCfgWithIdentity } from "../../config/client-cfg.ts";
import type { Home } from "../../store/home.ts";
import { clientIdentity } from "./client-identity.ts";
import { clusterServers, daemonServers, oneServer } from "./chosen-servers.ts";
import { type Edit, readConfigurationFile, requireThere } from "./configuration-files.ts";
import type { Setting } from "./request.ts";

/**
 * What the files in a folder are to say, in the order in which the original writes them. Nothing is written yet. Throws
 * ProgramError, StoreError and HsmError.
 */
export async function editsFor(home: Home, etc: string, setting: Setting): Promise<readonly Edit[]> {
  const client = await readConfigurationFile(etc, "cloudhsm_client.cfg");
  const shell = await readConfigurationFile(etc, "cloudhsm_mgmt_util.cfg");
  const listing = (servers: readonly ListedServer[]): Edit => ({
    file: shell,
    content: cfgWith(servers, etc, shell.content),
  });
  switch (setting.kind) {
    case "one":
    case "cluster": {
      const choose = setting.kind === "one" ? oneServer : clusterServers;
      const chosen = await choose(home, setting.address);
      return [{ file: client, content: clientCfgWith(chosen.client, etc, client.content) }, listing(chosen.servers)];
    }
    case "daemon":
      return [listing(await daemonServers(home, client, setting.id))];
    case "identity": {
      for (const file of [client, shell]) requireThere(file);
      const { certificate, privateKey } = await clientIdentity(home.name, setting);
      return [
        { file: client, content: clientCfgWithIdentity(client.content, certificate, privateKey) },
        { file: shell, content: cfgWithIdentity(shell.content, certificate, privateKey) },
      ];
    }
  }
}
