import { isDone } from "../../../cluster/answer.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import { type AttributeValue, type KeyAttribute, allAttributes } from "../../../hsm/key-attribute.ts";
import { keyClasses, keyTypes } from "../../../hsm/key-type.ts";
import { HsmError } from "../../../hsm/return-code.ts";
import { type PublicHalf, handleFile } from "../../files/handle-file.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption, outputOption } from "../key-options.ts";

/**
 * Writes a private key's handle to a file in the form of a private key (AWS CloudHSM User Guide,
 * "key_mgmt_util-getCaviumPrivKey"). The key stays in the HSM: its attributes have its public half.
 */
export const getCaviumPrivKey = keyCommand({
  name: "getCaviumPrivKey",
  description: "Saves a private key handle in fake PEM format.",
  options: { handle: handleOption(), output: outputOption },
  async run(context, { handle = 0, output = "" }) {
    const { home, words } = context;
    const answers = await askHolder(context, (hsm, session) => hsm.keys.attributes(session, handle, allAttributes.id));
    const found = answers.find(isDone);
    const half = found === undefined ? undefined : publicHalf(found.value);
    const text = half === undefined ? undefined : handleFile(handle, half);
    if (text === undefined) {
      const refused = found === undefined ? errorOf(answers.at(-1)) : new HsmError("KEY_UNSUITABLE");
      return answered(context, "failed", answers, [[words.returned("handleFile", refused)]]);
    }
    await writeOutputFile(home, output, text);
    return answered(context, "done", answers, [[words.handleFileWritten(output)], [words.returned("handleFile")]]);
  },
});

/** The public half of a private RSA or EC key; undefined for any other. */
function publicHalf(attributes: readonly KeyAttribute[]): PublicHalf | undefined {
  const valueOf = (name: string): AttributeValue | undefined =>
    attributes.find((each) => each.name === `OBJ_ATTR_${name}`)?.value;
  const number = (name: string): number | undefined => {
    const value = valueOf(name);
    return value?.kind === "number" ? value.number : undefined;
  };
  const bytes = (name: string): Buffer => {
    const value = valueOf(name);
    return Buffer.from(value?.kind === "bytes" || value?.kind === "point" ? value.hex : "", "hex");
  };
  if (number("CLASS") !== keyClasses.private) return undefined;
  switch (number("KEY_TYPE")) {
    case keyTypes.RSA:
      return { type: "RSA", modulus: bytes("MODULUS"), publicExponent: bytes("PUBLIC_EXPONENT") };
    case keyTypes.EC:
      return { type: "EC", curveNumber: number("MODULUS_BITS") ?? 0, point: bytes("MODULUS") };
    default:
      return undefined;
  }
}
