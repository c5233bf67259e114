import type { ManagementOffer } from "../../../command/offer.ts";
import { anyType, credentials } from "./words.ts";

/** What a session is about (AWS CloudHSM User Guide, the pages of these commands; `exit` and `help` from captures). */
export const session = {
  help: {
    modes: ["global", "server"],
    summary: "Lists the commands, or explains one",
  },
  info: {
    modes: ["global"],
    summary: "Shows the servers: address, HSM and who is logged in",
    description:
      "Shows one server of the configuration, or all of them: address, HSM and who is logged in. No login required.",
    example: "info server 0",
  },
  server: {
    modes: ["global"],
    summary: "Enters server mode: commands go to one HSM only",
    description: "Enters server mode: commands go to this HSM only, until exit. Logins stay as they are.",
    example: "server 0",
  },
  exit: {
    modes: ["server"],
    summary: "Leaves server mode: commands go to all HSMs again",
    elsewhere: "you are in global mode already (quit ends the session)",
  },
  quit: {
    modes: ["global", "server"],
    summary: "Logs out, disconnects and ends the session",
  },
  enable_e2e: {
    modes: ["global", "server"],
    summary: "Encrypts the connections end to end (they already are)",
  },
  loginHSM: {
    modes: ["global", "server"],
    summary: "Logs in to the HSMs",
    description:
      "Logs in to each HSM. Five wrong passwords lock the user on that HSM until an officer sets a new password. " +
      "Officers with a second factor add -2fa; other users can add it and leave the signatures empty.",
    example: "loginHSM CO admin -hpswd",
    words: { ...credentials, type: anyType },
  },
  logoutHSM: {
    modes: ["global", "server"],
    summary: "Logs out of the HSMs",
  },
} as const satisfies ManagementOffer;
