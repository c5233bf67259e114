import type { KeyUtilityWording } from "../../../command/key-utility-wording.ts";
import { keyUtility as aws } from "../../aws/key-utility/key-utility.ts";

/**
 * azcloudhsm_util of Azure Cloud HSM (tutorials of 2.09): what is published of it is as AWS's, but for the prompt, and for new keys,
 * which only a trusted key wraps (DEFAULT_WRAP_WITH_TRUSTED=1 in its onboarding guide's application file; its `genSymKey` there takes
 * `-wrap_with_trusted`).
 */
export const keyUtility: KeyUtilityWording = { ...aws, prompt: "Command: ", newKeysWrapWithTrusted: true };
