import { InvalidArgument, type Parameter } from "../../../command/parameter.ts";
import { keyHandle, userId } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

const checkValue: Parameter<"kcv", string> & { readonly optional: true } = {
  key: "kcv",
  label: "<KCV>",
  meaning: "the key's check value (attribute 371), in hex; a generic secret needs none",
  optional: true,
  read: (word) => {
    const [, digits] = /^(?:0x)?([\da-f]{6})$/i.exec(word) ?? [];
    if (digits === undefined) throw new InvalidArgument("must have six hex digits, as 0x263d7d");
    return digits;
  },
};

/** Gives a key to another crypto user (a command of the sibling shells, Oracle's wording). */
export const modifyKeyOwner = serverCommand({
  name: "modifyKeyOwner",
  parameters: [keyHandle(), userId("the crypto user who is to own it"), checkValue],
  request: (hsm, session, { handle, userId: id, kcv }) => hsm.keys.give(session, handle, id, kcv),
});
