import { slashed } from "../../../files/named-path.ts";
import { file } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Writes the request for the certificate of the HSM's cluster to a file (Azure and Alibaba). */
export const getCertReq = serverCommand({
  name: "getCertReq",
  parameters: [file("file", "<file>", "the file to write; an existing file is replaced")],
  request: (hsm, session) => hsm.certificateRequest(session),
  saved: { path: ({ file: named }) => slashed(named), text: (request) => request },
  data: (request) => request,
});
