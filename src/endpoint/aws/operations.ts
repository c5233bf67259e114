import type { ServiceOperation } from "../../config/service-operation.ts";
import { backupOperations } from "./backup-operations.ts";
import { clusterOperations } from "./cluster-operations.ts";
import { hsmOperations } from "./hsm-operations.ts";
import type { Operation } from "./operation.ts";
import { policyOperations } from "./policy-operations.ts";
import { tagOperations } from "./tag-operations.ts";

/** All operations of the service, by name. */
export const operations: Readonly<Record<ServiceOperation, Operation>> = {
  ...clusterOperations,
  ...hsmOperations,
  ...backupOperations,
  ...tagOperations,
  ...policyOperations,
};

/** Whether a name is that of an operation. */
export function isOperation(name: string): name is ServiceOperation {
  return Object.hasOwn(operations, name);
}
