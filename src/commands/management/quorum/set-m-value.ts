import { number, service } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Sets how many officers a service takes (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const setMValue = serverCommand({
  name: "setMValue",
  parameters: [service(), number("minimum", "<minimum>", "how many officers")],
  announcement: (dialect, { service: serviceNumber, minimum }) => dialect.minimumSet(serviceNumber, minimum),
  request: (hsm, session, { service: serviceNumber, minimum }) =>
    hsm.quorum.setMinimum(session, serviceNumber, minimum),
  // The guide shows the line above and no other; in server mode, where that is left out, this one says it.
  successLine: "serverMode",
  onFailure: "retryIgnoreAbort",
});
