import { said } from "../../../command/result.ts";
import { type KeyOfferable, keyCommand } from "../key-command.ts";

const list = keyCommand({
  name: "help",
  description: "Displays this information.",
  options: {},
  run: ({ output, words }) => {
    output.print(...words.help);
    return Promise.resolve(said());
  },
});

/** Lists the commands (AWS CloudHSM User Guide, "key_mgmt_util-help"); with the name of one, its help. */
export const help: KeyOfferable = (words) => {
  const command = list(words);
  return {
    ...command,
    read(typed) {
      const [name] = typed;
      if (name === undefined) return command.read(typed);
      return {
        kind: "fit",
        assigned: {},
        secrets: [],
        run: ({ find }) => Promise.resolve(said(...find(name).description.split("\n"))),
      };
    },
  };
};
