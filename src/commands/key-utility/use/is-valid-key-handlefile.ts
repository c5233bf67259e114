import { answered } from "../ask-nodes.ts";
import { keyCommand, misuse } from "../key-command.ts";
import { readFile } from "../read-file.ts";
import { inputOption } from "./signing-options.ts";

/**
 * Says whether a file has a private key, or the handle of one (AWS CloudHSM User Guide,
 * "key_mgmt_util-IsValidKeyHandlefile"). No HSM is asked.
 */
export const isValidKeyHandlefile = keyCommand({
  name: "IsValidKeyHandlefile",
  description: "Checks if private key file has an HSM key handle or a real key.",
  options: { file: inputOption("-f", "Input file", "specifies the file with the private key") },
  async run(context, { file = "" }) {
    const { words } = context;
    const { readFiledKey } = await import("../../files/filed-key.ts");
    const filed = readFiledKey((await readFile(context, file)).toString("latin1"));
    switch (filed.kind) {
      case "none":
        return misuse(`Error: ${file} has no private key in PEM.`);
      case "real":
        return answered(context, "done", [], [[words.realPrivateKey]]);
      case "handle":
        return answered(context, "done", [], [[words.keyHandle(filed.handle)]]);
    }
  },
});
