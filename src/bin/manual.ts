import { afterHelp as afterShellHelp } from "./command-line.ts";
import { afterHelp as afterKeyHelp, declareKeyUtility } from "./key-command-line.ts";
import { shellOutlines } from "./shell-outlines.ts";
import { declareFleet } from "./fleet/command-line.ts";
import { afterHelp as afterFleetHelp } from "./fleet/subcommand.ts";
import { manualPage } from "./manual-page.ts";
import { outlineOf } from "./outline.ts";
import { version } from "./version.ts";

/** The manual pages of all programs by the names of their files; those of other vendors' shells lead to AWS's. The build writes them. */
export function manualPages(): ReadonlyMap<string, string> {
  const [shell, ...others] = shellOutlines();
  const fleet = outlineOf(declareFleet(() => undefined).command);
  const keys = outlineOf(declareKeyUtility().command);
  return new Map([
    [`${shell.name}.1`, manualPage(shell, { version: version(), after: afterShellHelp })],
    [`${fleet.name}.1`, manualPage(fleet, { version: version(), after: afterFleetHelp })],
    [`${keys.name}.1`, manualPage(keys, { version: version(), after: afterKeyHelp })],
    ...others.map(({ name }) => [`${name}.1`, `.so man1/${shell.name}.1\n`] as const),
  ]);
}
