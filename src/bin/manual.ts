import { afterHelp as afterShellHelp } from "./command-line.ts";
import { afterHelp as afterKeyHelp } from "./key-command-line.ts";
import { type Outlines, keyUtilityOutlines, shellOutlines } from "./shell-outlines.ts";
import { declareFleet } from "./fleet/command-line.ts";
import { afterHelp as afterFleetHelp } from "./fleet/subcommand.ts";
import { manualPage } from "./manual-page.ts";
import { outlineOf } from "./outline.ts";
import { version } from "./version.ts";

/** The manual pages of all programs by the names of their files; those of other vendors' programs lead to AWS's. The build writes them. */
export function manualPages(): ReadonlyMap<string, string> {
  const fleet = outlineOf(declareFleet(() => undefined).command);
  return new Map([
    ...pagesOf(shellOutlines(), afterShellHelp),
    ...pagesOf([fleet], afterFleetHelp),
    ...pagesOf(keyUtilityOutlines(), afterKeyHelp),
  ]);
}

function pagesOf([first, ...others]: Outlines, after: string): readonly (readonly [string, string])[] {
  return [
    [`${first.name}.1`, manualPage(first, { version: version(), after })],
    ...others.map(({ name }) => [`${name}.1`, `.so man1/${first.name}.1\n`] as const),
  ];
}
