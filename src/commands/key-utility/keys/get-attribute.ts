import { isDone } from "../../../cluster/answer.ts";
import { writeOutputFile } from "../../../files/output-file.ts";
import type { KeyAttribute } from "../../../hsm/key-attribute.ts";
import { answered, askHolder, errorOf } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption, outputOption } from "../key-options.ts";
import { numberIn, withWord } from "../options.ts";

/** Numbers that are four bytes also among all attributes; the flags are one there. */
const long: ReadonlySet<string> = new Set(["OBJ_ATTR_VALUE_LEN", "OBJ_ATTR_MODULUS_BITS"]);

/** The order of all attributes in a file (AWS CloudHSM User Guide, "key_mgmt_util-genRSAKeyPair"). */
const order = [
  ...["CLASS", "KEY_TYPE", "TOKEN", "PRIVATE", "ENCRYPT", "DECRYPT", "WRAP", "UNWRAP", "SIGN", "VERIFY", "LOCAL"],
  ...["SENSITIVE", "EXTRACTABLE", "LABEL", "ID", "VALUE_LEN", "KCV", "MODULUS", "MODULUS_BITS", "PUBLIC_EXPONENT"],
  ...["TRUSTED", "WRAP_WITH_TRUSTED", "DESTROYABLE", "DERIVE", "ALWAYS_SENSITIVE", "NEVER_EXTRACTABLE"],
].map((name) => `OBJ_ATTR_${name}`);

/** Writes attributes of a key to a file ("key_mgmt_util-getAttribute"). */
export const getAttribute = keyCommand({
  name: "getAttribute",
  description: "Reads an attribute from an object.",
  options: {
    handle: handleOption("-o", "Object handle"),
    attribute: withWord(
      "-a",
      ["Attribute", "<attribute>", "specifies the attribute; 512 is all"],
      numberIn(0, 0xffffffff),
      { isRequired: true },
    ),
    file: outputOption,
  },
  async run(context, { handle = 0, attribute = 0, file = "" }) {
    const { words, home } = context;
    const answers = await askHolder(context, (hsm, session) => hsm.keys.attributes(session, handle, attribute));
    const found = answers.find(isDone);
    if (found === undefined) {
      return answered(context, "failed", answers, [[words.returned("getAttribute", errorOf(answers.at(-1)))]]);
    }
    const isOne = found.value.length === 1;
    const sorted = found.value.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
    const lines = sorted.flatMap((each) => [each.name, valueOf(each, isOne)]);
    await writeOutputFile(home, file, lines.map((line) => `${line}\n`).join(""));
    const size = found.value.reduce((sum, each) => sum + fixedPart + lengthOf(each, isOne), 0);
    return answered(context, "done", answers, [
      words.attributesWritten(size, found.value.length, file),
      [words.returned("getAttribute")],
    ]);
  },
});

/**
 * Bytes that the size counts for an attribute beside its value: so a dump of a 3DES key counts 444 for 17
 * ("key_mgmt_util-genSymKey"). Those of pairs count less there; no rule is published.
 */
const fixedPart = 24;

function valueOf({ name, value }: KeyAttribute, isOne: boolean): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "bytes":
      return `0x${value.hex}`;
    case "point":
      // Bare in the dump of an EC key ("key_mgmt_util-genECCKeyPair").
      return value.hex;
    case "number":
      return `0x${value.number.toString(16).padStart(2 * bytesOf(name, isOne), "0")}`;
  }
}

/** How many bytes a number has. */
function bytesOf(name: string, isOne: boolean): number {
  return isOne || long.has(name) ? 4 : 1;
}

/** Bytes of the value, as the file has it. */
function lengthOf({ name, value }: KeyAttribute, isOne: boolean): number {
  switch (value.kind) {
    case "text":
      return Buffer.byteLength(value.text);
    case "bytes":
    case "point":
      return value.hex.length / 2;
    case "number":
      return bytesOf(name, isOne);
  }
}
