import type { Dialect } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";
import { shell } from "./shell.ts";

/** The shell of Alibaba Cloud HSM, `hsm_mgmt_tool`, as its pages show it; AWS's words where nothing is published. */
export const alibaba: Dialect = {
  ...aws,
  ...shell,
};
