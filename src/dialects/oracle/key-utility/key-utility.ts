import type { KeyUtilityWording } from "../../../command/key-utility-wording.ts";
import { keyUtility as aws } from "../../aws/key-utility/key-utility.ts";

/** A line of AWS's with the name of the call as Oracle's page of wrapKey has it; the other names follow that one. */
function renamed(line: string): string {
  return line.replace("Cfm2WrapKey5", "KeyMgmtUtilwrapKey").replace(/\bCfm\d/, "KeyMgmtUtil");
}

/** key_mgmt_util of OCI Dedicated KMS: another prefix of calls, and findKey tells first how the nodes counted. */
export const keyUtility: KeyUtilityWording = {
  ...aws,
  prompt: "Command: ",
  banner: aws.banner.map(renamed),
  returned: (call, error) => renamed(aws.returned(call, error)),
  pairCreated: (publicKey, privateKey) => renamed(aws.pairCreated(publicKey, privateKey)),
  mismatch: (error) => aws.mismatch(error).map((block) => block.map(renamed)),
  certificateRead: (error) => renamed(aws.certificateRead(error)),
  counted: (answers) => ["\tKey count request cluster status:", ...aws.nodes(answers).slice(1)],
};
