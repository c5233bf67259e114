import { isDone } from "../../../cluster/answer.ts";
import { CommandError } from "../../../errors/command-error.ts";
import type { KeyCriteria } from "../../../hsm/key-making.ts";
import { type KeyClass, type KeyType, keyClasses, keyTypes } from "../../../hsm/key-type.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import { answered, errorOf, nodeAnswers, nodesInUse } from "../ask-nodes.ts";
import { type KeyContext, keyCommand } from "../key-command.ts";
import { readFile } from "../read-file.ts";
import { type Given, numbers, oneOf, text, withWord } from "../options.ts";
import { InvalidArgument } from "../../../command/parameter.ts";

const classes = new Map(Object.entries(keyClasses).map(([name, id]) => [String(id), name as KeyClass]));
/** RC4 (18) can be asked for, though HSMs in FIPS mode hold no key of it. */
const types = new Map<string, KeyType | "RC4">([
  ...Object.entries(keyTypes).map(([name, id]) => [String(id), name as KeyType] as const),
  ["18", "RC4"],
]);

function checkValue(word: string): string {
  const [, digits] = /^(?:0x)?([\da-f]{6})$/i.exec(word) ?? [];
  if (digits === undefined) throw new InvalidArgument("is not valid");
  return digits;
}

const options = {
  class: withWord("-c", ["Key class", "<key class>", "2 public, 3 private, 4 secret keys"], oneOf(classes)),
  type: withWord("-t", ["Key type", "<key type>", "keys of this type"], oneOf(types)),
  label: withWord("-l", ["Label", "<key label>", "keys with this label"], text),
  id: withWord("-id", ["Key ID", "<key ID>", "keys with this ID"], text),
  session: withWord(
    "-sess",
    ["Session key", "<0 | 1>", "1 session keys, 0 token keys"],
    oneOf(
      new Map([
        ["0", false],
        ["1", true],
      ]),
    ),
  ),
  users: withWord("-u", ["User IDs", "<user ids>", "keys that these users can use, too"], numbers),
  modulus: withWord("-m", ["Modulus", "<modulus file>", "keys with the modulus in this file, in hex"], text),
  kcv: withWord("-kcv", ["Key check value", "<key check value>", "keys with this check value"], checkValue),
} as const;

/** Finds the keys that the user can use, on every node (AWS CloudHSM User Guide, "key_mgmt_util-findKey"). */
export const findKey = keyCommand({
  name: "findKey",
  description: "Finds keys.",
  options,
  async run(context, given) {
    const { words } = context;
    const criteria = await criteriaOf(context, given);
    const answers = await askAll(nodesInUse(context), (hsm, session) => hsm.making.search(session, criteria));
    const found = answers.filter(isDone);
    const isFound = found.length > 0;
    const error = isFound ? undefined : errorOf(answers.at(-1));
    return answered(context, isFound ? "done" : "failed", answers, [
      isFound ? words.counted(nodeAnswers(words, answers)) : [],
      // What another node has beside the first stands behind it: a key may have missed one, or live on one alone.
      isFound ? words.found([...new Set(found.flatMap(({ value }) => value))]) : [],
      words.nodes(nodeAnswers(words, answers)),
      [words.returned("find", error)],
    ]);
  },
});

async function criteriaOf(context: KeyContext, { modulus, ...given }: Given<typeof options>): Promise<KeyCriteria> {
  const { class: keyClass, type, label, id, session, users, kcv } = given;
  return {
    ...(keyClass === undefined ? {} : { class: keyClass }),
    ...(type === undefined ? {} : { type }),
    ...(label === undefined ? {} : { label }),
    ...(id === undefined ? {} : { id }),
    ...(session === undefined ? {} : { session }),
    ...(users === undefined ? {} : { users }),
    ...(kcv === undefined ? {} : { kcv }),
    ...(modulus === undefined ? {} : { modulus: await modulusIn(context, modulus) }),
  };
}

/** Throws {@link CommandError} for a file without one. */
async function modulusIn(context: KeyContext, path: string): Promise<string> {
  const content = (await readFile(context, path)).toString("latin1").replace(/\s+/g, "");
  const [, digits] = /^(?:0x)?((?:[\da-f]{2})+)$/i.exec(content) ?? [];
  if (digits === undefined) throw new CommandError(`${path} must have a modulus in hex, and nothing else`);
  return digits;
}
