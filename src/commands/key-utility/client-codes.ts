import { returnCodes } from "../../hsm/return-code.ts";

/** Codes that no HSM answers: the client says them for several, or of itself. */
export const clientCodes = {
  /** Of a client without its daemon (reports of users). */
  daemonDown: { code: 0x40000040, message: "LIQUIDSECURITY: Daemon socket connection error" },
  /** Of every login that no node grants. The number is that of client 3.4.4; scripts of another one search for the text. */
  loginRefused: { code: 0x40000049, message: returnCodes.LOGIN_FAILURE.text },
  /** Of every key that is not deleted. The number is that of client 3.4.4; its text is not published. */
  deletionRefused: { code: 0x30000080, message: "HSM CLUSTER ERROR: Operation failed" },
} as const;
