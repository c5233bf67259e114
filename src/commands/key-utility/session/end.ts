import { type KeyOfferable, keyCommand } from "../key-command.ts";

function ending(name: string, listed: boolean): KeyOfferable {
  return keyCommand({
    name,
    description: "Exits this application.",
    options: {},
    listed,
    run: () => Promise.resolve({ outcome: "quit", answers: [] }),
  });
}

/** Ends the session (AWS CloudHSM User Guide, "key_mgmt_util-exit"). */
export const exit = ending("exit", true);

/** The same, as people type it. */
export const quit = ending("quit", false);
