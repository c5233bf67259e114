import { keyCommand } from "../key-command.ts";
import { keyOptions } from "../key-options.ts";
import { makeKey } from "../make-key.ts";
import { text, withWord } from "../options.ts";
import { readFile } from "../read-file.ts";

const { minServers, timeout } = keyOptions;

/**
 * Adds the key of a file under a new handle, the same on all nodes (AWS CloudHSM User Guide,
 * "key_mgmt_util-insertMaskedObject").
 */
export const insertMaskedObject = keyCommand({
  name: "insertMaskedObject",
  description: "Inserts a masked object.",
  options: {
    file: withWord("-f", ["Input file", "<file>", "specifies the file with the masked object"], text, {
      isRequired: true,
    }),
    minServers,
    timeout,
  },
  async run(context, { file = "", ...given }) {
    const masked = await readFile(context, file);
    return makeKey(context, given, {
      call: "insertMasked",
      request: (hsm, session, { node }) => hsm.using.insertAnew(session, masked, node),
      handles: (handle) => [handle],
      below: context.words.inserted,
    });
  },
});
