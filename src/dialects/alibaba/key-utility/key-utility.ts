import type { KeyUtilityWording } from "../../../command/key-utility-wording.ts";
import { keyUtility as aws } from "../../aws/key-utility/key-utility.ts";

/** What the page of setAttribute lists, besides OBJ_ATTR_TOKEN. */
const settable = [3, 134, 260, 261, 262, 263, 264, 266, 268, 370, 528, 1073742353, 1073742354] as const;

/** key_mgmt_tool of Alibaba Cloud HSM (user guide, 2.03.15), which is closest to AWS's. */
export const keyUtility: KeyUtilityWording = {
  ...aws,
  returned: (call, error) =>
    call === "importUnwrap" ? aws.returned(call, error).replace(": ", " returned: ") : aws.returned(call, error),
  owner: (userId) => aws.owner(userId).replace("user ", "user: "),
  settableAttributes: [...aws.settableAttributes, ...settable],
};
