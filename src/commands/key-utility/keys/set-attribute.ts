import { HsmError } from "../../../hsm/return-code.ts";
import { isDone } from "../../../cluster/answer.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import type { Result } from "../../../command/result.ts";
import { answered, errorOf, nodeAnswers, nodesInUse } from "../ask-nodes.ts";
import { type KeyContext, keyCommand } from "../key-command.ts";
import { handleOption } from "../key-options.ts";
import { makeKey } from "../make-key.ts";
import { numberIn, withWord } from "../options.ts";

/** OBJ_ATTR_TOKEN: what makes a token key of a session key. */
const token = 1;

/** Attributes whose value is no flag: the label and the templates. */
const valued: ReadonlySet<number> = new Set([3, 1073742353, 1073742354]);

/**
 * Makes a token key of a session key, on all nodes under its handle (AWS CloudHSM User Guide,
 * "key_mgmt_util-setAttribute"); with some vendors it sets other attributes, too. It asks for the value.
 */
export const setAttribute = keyCommand({
  name: "setAttribute",
  description: "Sets an attribute of an object.",
  options: {
    handle: handleOption("-o", "Object handle"),
    attribute: withWord(
      "-a",
      ["Attribute", "<attribute>", "specifies the attribute: 1 makes a token key of a session key"],
      numberIn(0, 0xffffffff),
      { isRequired: true },
    ),
  },
  async run(context, { handle = 0, attribute = 0 }) {
    const { words } = context;
    if (!words.settableAttributes.includes(attribute)) return refused(context, new HsmError("ATTRIBUTE_READ_ONLY"));
    const value = await valueOf(context, attribute);
    if (attribute !== token) return setEverywhere(context, handle, attribute, value);
    if (value !== "1") return refused(context, new HsmError("INVALID_INPUT"));
    return makeKey(
      context,
      {},
      {
        call: "setAttribute",
        request: (hsm, session) => hsm.using.keep(session, handle),
        handles: () => [handle],
      },
    );
  },
});

function refused(context: KeyContext, error: HsmError): Result {
  return answered(context, "failed", [], [[context.words.returned("setAttribute", error)]]);
}

async function valueOf({ output, questions, words }: KeyContext, attribute: number): Promise<string> {
  if (valued.has(attribute)) return questions.ask(words.valueQuestion, "the value");
  output.print(words.flagQuestion.above);
  return (await questions.ask(words.flagQuestion.prompt, "0 or 1")).trim();
}

async function setEverywhere(context: KeyContext, handle: number, attribute: number, value: string): Promise<Result> {
  const { words } = context;
  const answers = await askAll(nodesInUse(context), (hsm, session) =>
    hsm.keys.setAttribute(session, handle, attribute, value),
  );
  const failed = answers.find((answer) => !isDone(answer));
  return answered(context, failed === undefined ? "done" : "failed", answers, [
    [words.returned("setAttribute", errorOf(failed))],
    words.nodes(nodeAnswers(words, answers)),
  ]);
}
