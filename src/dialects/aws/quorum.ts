import type { QuorumToken, TokenSummary } from "../../hsm/quorum-requests.ts";
import { quorumServices } from "../../hsm/quorum-service.ts";
import type { QuorumWording } from "../../command/wording.ts";

/** AWS CloudHSM User Guide, "quorum-authentication-crypto-officers" and its first-time setup. */
export const quorum: QuorumWording = {
  minimumSet: (service, minimum) => `Setting M Value(${String(minimum)}) for ${String(service)}`,
  quorumMinimum: (serverId, { service, minimum }) =>
    `MValue of service ${String(quorumServices[service])}[${service}] on server ${String(serverId)} : [${String(minimum)}]`,
  token,
  tokens: ({ id, label }, summaries) => [
    "",
    "=".repeat(21),
    `    Server ${label}`,
    "=".repeat(21),
    ...summaries.flatMap((summary, position) => [
      `-------- Token - ${String(position)} ----------`,
      ...token(id, summary),
      ...progress(summary),
    ]),
    `Num of tokens = ${String(summaries.length)}`,
  ],
};

function token(serverId: number, { id, service, userName }: Omit<QuorumToken, "text">): readonly string[] {
  return [
    "Token:",
    `Id:${String(id)}`,
    `Service:${String(quorumServices[service])}`,
    `Node:${String(serverId)}`,
    "Key Handle:0",
    `User:${userName}`,
  ];
}

/** How far a token has come. */
function progress({ secondsLeft, required, approvers }: TokenSummary): readonly string[] {
  return [
    `Token Validity: ${String(secondsLeft)} sec`,
    `Required num of approvers : ${String(required)}`,
    `Current num of approvals : ${String(approvers.length)}`,
    ...approvers.map((name, position) => `Approver-${String(position)}: ${name}`),
  ];
}
