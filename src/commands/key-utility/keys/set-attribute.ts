import { HsmError } from "../../../hsm/return-code.ts";
import { answered } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";
import { handleOption } from "../key-options.ts";
import { makeKey } from "../make-key.ts";
import { numberIn, withWord } from "../options.ts";

/** OBJ_ATTR_TOKEN, which is all that can be set here. */
const token = 1;

/**
 * Makes a token key of a session key, on all nodes under its handle (AWS CloudHSM User Guide,
 * "key_mgmt_util-setAttribute"). It asks for the value, which only 1 can be.
 */
export const setAttribute = keyCommand({
  name: "setAttribute",
  description: "Sets an attribute of an object.",
  options: {
    handle: handleOption("-o", "Object handle"),
    attribute: withWord(
      "-a",
      ["Attribute", "<attribute>", "specifies the attribute: 1, which makes a token key of a session key"],
      numberIn(0, 0xffffffff),
      { isRequired: true },
    ),
  },
  async run(context, { handle = 0, attribute = 0 }) {
    const { output, questions, words } = context;
    const refuse = (error: HsmError) => answered(context, "failed", [], [[words.returned("setAttribute", error)]]);
    if (attribute !== token) return refuse(new HsmError("ATTRIBUTE_READ_ONLY"));
    output.print(words.flagQuestion.above);
    const value = (await questions.ask(words.flagQuestion.prompt, "0 or 1")).trim();
    if (value !== "1") return refuse(new HsmError("INVALID_INPUT"));
    return makeKey(
      context,
      {},
      {
        call: "setAttribute",
        request: async (hsm, session) => {
          await hsm.using.keep(session, handle);
          return handle;
        },
        handles: () => [handle],
      },
    );
  },
});
