import { number, service } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Sets how many officers a service takes (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const setMValue = serverCommand({
  name: "setMValue",
  summary: "Sets how many officers must approve for a service",
  description:
    "Sets how many officers must approve an operation of the service: 2 to 8, and no more than there are. Takes an " +
    "approved token of service 4 where that has a minimum; for service 3 that must be as high as the one of service 3. Needs a CO.",
  example: "setMValue 3 2",
  modes: ["global", "server"],
  parameters: [service(), number("minimum", "<m>", "2 to 8 officers")],
  confirmed: true,
  announcement: (dialect, { service: serviceNumber, minimum }) => dialect.minimumSet(serviceNumber, minimum),
  request: (hsm, session, { service: serviceNumber, minimum }) =>
    hsm.quorum.setMinimum(session, serviceNumber, minimum),
  // The guide shows the line above and no other; in server mode, where that is left out, this one says it.
  successLine: "serverMode",
  onFailure: "retryIgnoreAbort",
});
