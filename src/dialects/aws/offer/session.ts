import type { Offer } from "../../../command/offer.ts";
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
      "Shows a server of the configuration, or all: its address, its HSM, and who is logged in there. Takes no login.",
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
    elsewhere: "this is global mode already (quit ends the session)",
  },
  quit: {
    modes: ["global", "server"],
    summary: "Logs out, disconnects and ends the session",
  },
  enable_e2e: {
    modes: ["global", "server"],
    summary: "Encrypts the connections end to end (they are already)",
  },
  loginHSM: {
    modes: ["global", "server"],
    summary: "Logs in to the HSMs",
    description:
      "Logs in to each HSM. Five wrong passwords lock the user on that HSM until an officer sets a new one. " +
      "An officer with a second factor adds -2fa; other users may, and leave the signatures blank.",
    example: "loginHSM CO admin -hpswd",
    words: { ...credentials, type: anyType },
  },
  logoutHSM: {
    modes: ["global", "server"],
    summary: "Logs out of the HSMs",
  },
} as const satisfies Offer;
