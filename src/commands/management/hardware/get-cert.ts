import { certificateFile, certificateType } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Writes a certificate of the HSM to a file (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getCert"). */
export const getCert = serverCommand({
  name: "getCert",
  summary: "Writes a certificate of this HSM to a file",
  description:
    "Writes a certificate to a file, in PEM. Type 1: the manufacturer's root; 2: the HSM's hardware, signed by it; " +
    "4: the customer's root; 8: the cluster, signed by the customer's root; 16: the cluster, signed by the HSM's " +
    "hardware. Takes no login.",
  example: "getCert customer-root.crt 4",
  modes: ["server"],
  parameters: [certificateFile(), certificateType()],
  request: (hsm, _session, { certificateType: type }) => hsm.certificate(type),
  saved: { path: ({ file }) => file, text: (certificate) => certificate },
  data: (certificate) => certificate,
});
