import type { KeyUtilityWording } from "../../../command/key-utility-wording.ts";
import { keyUtility as aws } from "../../aws/key-utility/key-utility.ts";
import { version } from "../shell.ts";

/** The package whose key utility the tutorial on storing certificates shows. */
const sdkPackage = "2.0.1.2";

/**
 * azcloudhsm_util of Azure Cloud HSM (tutorials of 2.09): what is published of it is as AWS's, but for what a start says, the prompt,
 * the numbers of nodes, and new keys, which only a trusted key wraps (DEFAULT_WRAP_WITH_TRUSTED=1 in its onboarding guide's
 * application file; its `genSymKey` there takes `-wrap_with_trusted`).
 */
export const keyUtility: KeyUtilityWording = {
  ...aws,
  banner: [
    `Version info, Client Version: ${version}, SDK API Version: ${version}, SDK Package Version: ${sdkPackage}`,
    ...aws.banner.map((line) => line.replace("mode is: 00000002", "mode is: 00000000")),
  ],
  prompt: "Command: ",
  single: (command) => aws.single(command.replaceAll(" ", "  ")),
  // The tutorial counts them from 1, and handles of its keys are of node 1's block.
  firstNode: 1,
  newKeysWrapWithTrusted: true,
};
