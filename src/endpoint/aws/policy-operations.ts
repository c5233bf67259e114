import { textOf } from "./input-values.ts";
import { type Operation, operation } from "./operation.ts";

const arn = textOf(
  /^arn:aws(-us-gov)?:cloudhsm:[a-z\d-]+:\d{12}:backup\/\S{1,128}$/,
  "must be the BackupArn of a backup, as describe-backups has it.",
);

const policy = textOf(/^[^]{1,20000}$/, "must be a policy of 1 to 20000 characters.");

/** The operations on the policies of backups, which are kept and given back: there is no other account for them to mean anything to. */
export const policyOperations = {
  PutResourcePolicy: operation(
    { ResourceArn: arn, Policy: policy },
    "changes",
    async ({ ResourceArn, Policy }, { plane }) => {
      await plane.putPolicy(ResourceArn, Policy);
      return { ResourceArn, Policy };
    },
  ),

  GetResourcePolicy: operation({ ResourceArn: arn }, "reads", async ({ ResourceArn }, { plane }) => ({
    Policy: await plane.policy(ResourceArn),
  })),

  DeleteResourcePolicy: operation({ ResourceArn: arn }, "changes", async ({ ResourceArn }, { plane }) => ({
    ResourceArn,
    Policy: await plane.deletePolicy(ResourceArn),
  })),
} as const satisfies Readonly<Record<string, Operation>>;
