import type { Dialect } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";
import { shell } from "./shell.ts";

/** The shell of OCI Dedicated KMS, `user_mgmt_util`, as its documentation shows it; AWS's words where nothing is published. */
export const oracle: Dialect = {
  ...aws,
  ...shell,
};
