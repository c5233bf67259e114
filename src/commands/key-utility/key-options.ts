import { InvalidArgument } from "../../command/parameter.ts";
import { bounds, isLabel } from "../../hsm/limits.ts";
import type { KeyUtilityWording } from "../../command/key-utility-wording.ts";
import { numberIn, numbers, oneOf, switchOf, text, withWord } from "./options.ts";

/** A handle of a key. */
export function handleOption(flag = "-k", name = "Key handle") {
  return withWord(flag, [name, "<key handle>", "specifies the handle of the key"], numberIn(0, 0xffffffff), {
    isRequired: true,
  });
}

/** A file that is written, whole and over what is there. */
export const outputOption = withWord("-out", ["Output file", "<file>", "specifies the file to write"], text, {
  isRequired: true,
});

function label(word: string): string {
  if (word === "" || !isLabel(word)) throw new InvalidArgument("is not valid");
  return word;
}

/** What every command takes that makes a key. */
export const keyOptions = {
  label: withWord("-l", ["Label", "<label>", "specifies the label of the new key"], label, { isRequired: true }),
  id: withWord("-id", ["Key ID", "<key ID>", "specifies the ID of the new key"], label),
  minServers: withWord(
    "-min_srv",
    ["Minimum number of servers", "<minimum number of servers>", "specifies on how many HSMs the key must be made"],
    numberIn(1, 28),
  ),
  timeout: withWord(
    "-timeout",
    ["Timeout", "<number of seconds>", "specifies how long to wait for that many HSMs"],
    numberIn(0, 0x7fffffff),
  ),
  session: switchOf("-sess", "Session key", "makes a session key"),
  notExtractable: switchOf("-nex", "Not extractable", "makes a key that cannot be extracted"),
  users: withWord("-u", ["User IDs", "<user ids>", "specifies the users to share the key with"], numbers),
  approvals: withWord(
    "-m_value",
    ["M value", "<0..8>", "specifies how many users must approve the use of the key"],
    numberIn(0, bounds.keyMValue.maximum),
  ),
  wrapWithTrusted: {
    ...withWord(
      "-wrap_with_trusted",
      ["Wrap with trusted", "<0|1>", "1 lets only a trusted key wrap the new key"],
      oneOf(
        new Map([
          ["0", false],
          ["1", true],
        ]),
      ),
    ),
    isOffered: ({ newKeysWrapWithTrusted }: KeyUtilityWording) => newKeysWrapWithTrusted !== undefined,
  },
  attest: switchOf("-attest", "Attestation", "checks the answer of the HSM"),
} as const;
