import { returnCodeName, returnCodes } from "../../../hsm/return-code.ts";
import { InvalidArgument } from "../../../command/parameter.ts";
import { answered } from "../ask-nodes.ts";
import { clientCodes } from "../client-codes.ts";
import { keyCommand } from "../key-command.ts";
import { withWord } from "../options.ts";

/** Lists the attributes (AWS CloudHSM User Guide, "key_mgmt_util-listAttributes"). */
export const listAttributes = keyCommand({
  name: "listAttributes",
  description: "List all attributes for getAttributes.",
  options: {},
  run: (context) => Promise.resolve(answered(context, "done", [], [context.words.attributes])),
});

/** Lists the curves of genECCKeyPair. */
export const listEccCurveIds = keyCommand({
  name: "listECCCurveIds",
  description: "List HSM supported ECC CurveIds.",
  options: {},
  run: (context) => Promise.resolve(answered(context, "done", [], [context.words.curves])),
});

function hexNumber(word: string): number {
  if (!/^0x[\da-f]{1,8}$/i.test(word)) throw new InvalidArgument("is not valid");
  return Number(word);
}

/** Says what a return code means ("key_mgmt_util-Error2String"). */
export const errorToString = keyCommand({
  name: "Error2String",
  description: "Converts Error codes to Strings.",
  options: {
    code: withWord("-r", ["Error code", "<0x error code>", "specifies the code, in hex"], hexNumber, {
      isRequired: true,
    }),
  },
  run(context, { code = 0 }) {
    return Promise.resolve(answered(context, "done", [], [[context.words.errorText(code, textOf(code))]]));
  },
});

function textOf(code: number): string | undefined {
  const name = returnCodeName(code);
  if (name !== undefined) return returnCodes[name].text;
  return Object.values(clientCodes).find((each) => each.code === code)?.message;
}
