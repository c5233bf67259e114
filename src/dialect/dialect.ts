import type { HsmInformation } from "../hsm/hsm.ts";
import type { QuorumMinimum, QuorumToken, TokenSummary } from "../hsm/hsm.ts";
import type { UserSummary } from "../hsm/user.ts";

/** A server as the wording names it. */
interface NamedServer {
  readonly id: number;
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
}

/** A row of `info`. */
export interface ServerState extends NamedServer {
  readonly connected: boolean;
  /** The HSM's id. */
  readonly partition: string;
  readonly login: { readonly name: string; readonly type: string } | undefined;
}

/** The wording of one vendor's build of the shell. It says how things are put, never what happens. */
export interface Dialect {
  readonly prompt: string;
  readonly serverPrompt: (serverId: number) => string;
  readonly connectingHead: readonly string[];
  readonly connecting: (server: NamedServer) => string;
  readonly connected: (server: NamedServer) => string;
  readonly connectionFailed: (server: NamedServer) => string;
  readonly startFailed: string;
  readonly e2eEnabled: (label: string) => string;
  readonly disconnecting: string;
  /** The box above a y/n question. */
  readonly caution: readonly string[];
  readonly serverMode: string;
  readonly usersHeading: (label: string, count: number) => readonly string[];
  readonly userRow: (user: UserSummary) => string;
  readonly infoHeading: string;
  readonly infoRow: (server: ServerState) => string;
  readonly hsmInformation: (serverId: number, information: HsmInformation) => readonly string[];
  readonly syncUserSuccess: string;
  readonly syncKeySuccess: string;
  readonly certificateSuccess: string;
  readonly keysHeading: (label: string) => string;
  readonly attributesHeading: string;
  readonly minimumSet: (service: number, minimum: number) => string;
  readonly quorumMinimum: (serverId: number, minimum: QuorumMinimum) => string;
  /** A token as it was issued, below its line of success; its node is the number of its server. */
  readonly token: (serverId: number, token: Omit<QuorumToken, "text">) => readonly string[];
  readonly tokens: (
    server: { readonly id: number; readonly label: string },
    tokens: readonly TokenSummary[],
  ) => readonly string[];
  readonly listTokensSuccess: string;
  /** The question for the pass phrase of a private key. */
  readonly passPhrase: string;
  /** What to do with the file of digests that was written, above the question for its name. */
  readonly authenticationDataWritten: (path: string) => readonly string[];
  readonly enterFilename: string;
}
