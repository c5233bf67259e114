import type { Cluster, Mode } from "../cluster/cluster.ts";
import type { Dialect } from "../command/wording.ts";
import type { ShellModes } from "./shell-parts.ts";

/** The modes of a shell whose commands are for all servers, or for the one whose server mode was entered. */
export function serverModes(cluster: Cluster, dialect: Dialect): ShellModes<Mode> {
  return {
    current: () => cluster.mode,
    prompt: () => (cluster.current === undefined ? dialect.prompt : dialect.serverPrompt(cluster.current.id)),
    elsewhere: (modes) => dialect.elsewhere[modes.includes("global") ? "global" : "server"],
  };
}
