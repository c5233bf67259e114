import { certificateFile, certificateType } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Writes a certificate of the HSM to a file (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getCert"). */
export const getCert = serverCommand({
  name: "getCert",
  parameters: [certificateFile(), certificateType()],
  request: (hsm, session, { certificateType: type }) => hsm.certificate(type, session),
  saved: { path: ({ file }) => file, text: (certificate) => certificate },
  data: (certificate) => certificate,
});
