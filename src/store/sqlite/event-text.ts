import { StoreError } from "../store.ts";

/** An event as formats 1 and 2 kept it: worded, as the body of a CloudWatch event. */
const wording = new RegExp(
  [
    /^Time: .*, usecs:(?<time>\d+)$/,
    /^Sequence No : 0x(?<sequence>[\da-f]+)$/,
    /^Reboot counter : 0x1$/,
    /^Command Type\(hex\) : CN_MGMT_CMD \(0x0\)$/,
    /^Opcode : (?<opcode>CN_\w+)(?: \(0x[\da-f]+\))?$/,
    /^Session Handle : 0x(?<session>[\da-f]+)$/,
    /^Response : (?<response>\d+):(?<responseText>.*)$/,
    /^Log type : \w+ \(\d\)$/,
  ]
    .map(({ source }) => source.slice(1, -1))
    .join("\\n")
    .replace(/^/, "^")
    .concat(
      // An early version repeated names as they were typed, over several lines.
      /(?:\nUser Name : (?<name>[^]*)\nUser Type : (?<type>CN_\w+) \(\d\))?/.source,
      /(?:\nPriv\/Secret Key Handle : (?<key>\d+)\nPublic Key Handle : (?<publicKey>\d+))?$/.source,
    ),
);

/** Types of users by their names in the log; what they do not list is a word that no HSM knows. */
const types: Readonly<Partial<Record<string, string>>> = {
  CN_CRYPTO_USER: "CU",
  CN_CRYPTO_OFFICER: "CO",
  CN_APPLIANCE_USER: "AU",
  CN_CRYPTO_PRE_OFFICER: "PRECO",
};

/**
 * Reads the text of an event of format 1 or 2, and returns it as format 3 keeps it. Throws {@link StoreError} `damaged`
 * for one that was worded otherwise.
 */
export function eventOfText(text: string, sequence: number): string {
  const found = wording.exec(text)?.groups;
  if (found === undefined || parseInt(found["sequence"] ?? "", 16) !== sequence) {
    throw new StoreError("damaged", "an event of its audit log is not as this program writes it");
  }
  const { time, opcode, session = "", response, responseText, name, type = "", key, publicKey } = found;
  return JSON.stringify({
    ...{ time: Number(time), opcode, session: parseInt(session, 16), response: Number(response), responseText },
    ...(name === undefined ? {} : { user: { name, type: types[type] } }),
    ...(key === undefined ? {} : { key: Number(key), publicKey: Number(publicKey) }),
  });
}
