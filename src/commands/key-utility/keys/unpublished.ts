import { HsmError } from "../../../hsm/return-code.ts";
import { answered } from "../ask-nodes.ts";
import { type KeyOfferable, explained, keyCommand, misuse } from "../key-command.ts";

/** A command whose words are not published: whatever is typed behind it, the answer is the same. */
function takingAll(name: string, offer: KeyOfferable): KeyOfferable {
  return (words) => {
    const command = offer(words);
    return { ...command, usage: name, read: () => command.read([]) };
  };
}

const publicKey = {
  name: "createPublicKey",
  description: "Creates an RSA public key. Its words are not published: use importPubKey with a file in PEM.",
  options: {},
} as const;

/** Would make a public key of its modulus and exponent. */
export const createPublicKey = takingAll(
  publicKey.name,
  keyCommand({ ...publicKey, run: () => Promise.resolve(misuse(...(explained(publicKey).lines ?? []))) }),
);

/** Not supported on HSMs in FIPS mode (AWS CloudHSM User Guide, "key_mgmt_util-reference"). */
export const genPbeKey = takingAll(
  "genPBEKey",
  keyCommand({
    name: "genPBEKey",
    description: "Generates a PBE DES3 key.",
    options: {},
    run: (context) => {
      const refused = context.words.returned("generatePbe", new HsmError("POLICY_VIOLATION"));
      return Promise.resolve(answered(context, "failed", [], [[refused]]));
    },
  }),
);

function ofTokens(name: string, description: string): KeyOfferable {
  return takingAll(
    name,
    keyCommand({
      name,
      description,
      options: {},
      run: (context) => Promise.resolve(misuse(context.words.unpublished(name))),
    }),
  );
}

/** The commands for the quorum of a key's M value. */
export const tokenCommands: readonly KeyOfferable[] = [
  ofTokens("getToken", "Initiate an MxN service and get Token"),
  ofTokens("delToken", "delete Token(s)"),
  ofTokens("approveToken", "Approves an MxN service"),
  ofTokens("listTokens", "List all Tokens in the current partition"),
];
