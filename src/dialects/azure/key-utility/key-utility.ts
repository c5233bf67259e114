import type { KeyUtilityWording } from "../../../command/key-utility-wording.ts";
import { keyUtility as aws } from "../../aws/key-utility/key-utility.ts";

/** azcloudhsm_util of Azure Cloud HSM (tutorials of 2.09): what is published of it is as AWS's, but for the prompt. */
export const keyUtility: KeyUtilityWording = { ...aws, prompt: "Command: " };
