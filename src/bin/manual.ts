import { afterHelp as afterShellHelp, declareShell } from "./command-line.ts";
import { declareFleet } from "./fleet/command-line.ts";
import { afterHelp as afterFleetHelp } from "./fleet/subcommand.ts";
import { manualPage } from "./manual-page.ts";
import { outlineOf } from "./outline.ts";
import { version } from "./version.ts";

/** The manual pages of both programs by the names of their files. The build writes them. */
export function manualPages(): ReadonlyMap<string, string> {
  const shell = outlineOf(declareShell().command);
  const fleet = outlineOf(declareFleet(() => undefined).command);
  return new Map([
    [`${shell.name}.1`, manualPage(shell, { version: version(), after: afterShellHelp })],
    [`${fleet.name}.1`, manualPage(fleet, { version: version(), after: afterFleetHelp })],
  ]);
}
