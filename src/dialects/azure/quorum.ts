import type { QuorumWording } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";

/** Quorum as AWS words it; a token's node is counted from 1, as getClusterInfo does (onboarding guide of 2026-03-04, p19). */
export const quorum: Pick<QuorumWording, "token" | "tokens"> = {
  token: (serverId, token) => aws.token(serverId + 1, token),
  tokens: ({ id, label }, tokens) => aws.tokens({ id: id + 1, label }, tokens),
};
