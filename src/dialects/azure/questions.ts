import type { QuestionWording } from "../../command/wording.ts";

/** Azure Cloud HSM, onboarding guide of 2026-03-04, p23, p26 and p32: screenshots, in which no blank ends a line. */
export const questions: Pick<QuestionWording, "caution"> = {
  caution: () => [
    `${"*".repeat(25)}CAUTION${"*".repeat(32)}`,
    "This is a CRITICAL operation, should be done on all nodes in the",
    "cluster. Cav server does NOT synchronize these changes with the",
    "nodes on which this operation is not executed or failed, please",
    "ensure this operation is executed on all nodes in the cluster.",
    "*".repeat(64),
  ],
};
