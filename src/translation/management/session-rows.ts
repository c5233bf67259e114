import { lines, none, notNeeded } from "../words/counterpart.ts";
import { type Rows, given } from "./row.ts";

const hardware = lines(
  ["cluster hsm-info"],
  "shows vendor, model, serial number, firmware and FIPS state; no label, memory, sessions, limits or address",
);

const addresses = "addresses and states: aws cloudhsmv2 describe-clusters; how many HSMs: cluster hsm-info";

/** What is about the session and the HSMs themselves. */
export const sessionRows: Rows = {
  help: { isOfSession: true, step: () => lines(["help"]) },
  quit: { isOfSession: true, step: () => lines(["quit"]) },
  enable_e2e: { step: () => notNeeded("connections are always encrypted") },
  server: {
    step: (said) => ({
      ...none("the new tool cannot talk to one HSM: the lines below go to the whole cluster"),
      then: { server: given(said, "serverId") },
    }),
  },
  exit: { step: () => ({ ...none("there is no server mode to leave"), then: { server: undefined } }) },
  info: {
    step: (said) =>
      said("serverId") === undefined
        ? none("the new tool shows no addresses, and not who is logged in where", addresses)
        : hardware,
  },
  getClusterInfo: { step: () => none("the new tool does not show which HSM sees which", addresses) },
  getHSMInfo: { step: () => hardware },
  getPartitionInfo: { step: () => hardware },
  getCert: {
    step: () =>
      none(
        "the new tool shows no certificates",
        "aws cloudhsmv2 describe-clusters has them until the cluster is initialized",
      ),
  },
};
