import type { QuestionWording } from "../../command/wording.ts";

/** Alibaba Cloud HSM, the activation guide and the page "createuser": the box has a blank line above it. */
export const questions: Pick<QuestionWording, "caution"> = {
  caution: () => [
    "",
    `${"*".repeat(25)}CAUTION${"*".repeat(32)}`,
    "This is a CRITICAL operation, should be done on all nodes in the",
    "cluster. Cav server does NOT synchronize these changes with the",
    "nodes on which this operation is not executed or failed, please",
    "ensure this operation is executed on all nodes in the cluster.",
    "*".repeat(64),
  ],
};
