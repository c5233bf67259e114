import { readApprovalFile } from "../../files/approval-file.ts";
import { readInputFile } from "../../../files/input-file.ts";
import { file } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Hands in the officers' signatures over a token file (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const approveToken = serverCommand({
  name: "approveToken",
  parameters: [
    file("path", "<approval file>", "the file that names the token file, the officers and their signature files"),
  ],
  async prepare({ home }, { path }) {
    const { tokenFile, approvers } = readApprovalFile(path, (await readInputFile(home, path)).toString("utf8"));
    const token = await readInputFile(home, tokenFile);
    const approvals = await Promise.all(
      approvers.map(async ({ approver, signatureFile }) => {
        return { approver, signature: await readInputFile(home, signatureFile) };
      }),
    );
    return { token, approvals };
  },
  request: (hsm, session, { token, approvals }) => hsm.tokens.approve(session, token, approvals),
});
