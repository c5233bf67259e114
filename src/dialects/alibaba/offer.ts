import type { ManagementOffer } from "../../command/offer.ts";
import { aws } from "../aws/aws.ts";
import { certificateOffer } from "../certificate-offer.ts";

type Offered = ManagementOffer[string];

const all: ManagementOffer = { ...aws.offer, ...certificateOffer };

/** The commands that Alibaba's pages document, in their order, as AWS's shell offers them. */
const documented = [
  "changePswd",
  "createUser",
  "deleteUser",
  "exit",
  "findAllKeys",
  "getAttribute",
  "getCert",
  "getCertReq",
  "getHSMInfo",
  "getKeyInfo",
  "help",
  "info",
  "listAttributes",
  "listUsers",
  "loginHSM",
  "logoutHSM",
  "quit",
  "server",
  "setAttribute",
  "shareKey",
  "storeCert",
] as const;

/** What Alibaba's table of rights says otherwise than AWS's. */
const others: Readonly<Partial<Record<(typeof documented)[number], Partial<Offered>>>> = {
  deleteUser: { words: { type: { meaning: "CO, CU or AU; case matters" } } },
  getAttribute: {
    description:
      "Shows an attribute of a key on each HSM; 512 means all attributes of the key. Requires the CU who owns the key " +
      "or shares it; for a public key, any CU.",
  },
  getKeyInfo: {
    description:
      "Shows the owner of a key, the users it is shared with, and how many users must approve its use; -k can be left " +
      "out. A CU can ask about keys that they own or share and about public keys.",
  },
  setAttribute: {
    description:
      "Changes an attribute of a key on each HSM: 3 (label); 134, 260 to 264, 266, 268, 370 and 528 (0 or 1; 528 stays " +
      "1); 1073742353 and 1073742354 (the handle of a template). Requires the CU who owns the key.",
  },
  getCert: {
    description:
      "Writes a certificate to a file, in PEM. Type 1: the manufacturer's root; 2: the HSM's hardware, signed by the " +
      "manufacturer's root; 4: the customer's root; 8: the cluster, signed by the customer's root; 16: the cluster, " +
      "signed by the HSM's hardware. Requires a login.",
  },
  getCertReq: {
    description:
      "Writes the request for the certificate of this HSM's cluster, in PEM, for the customer's CA to sign. Requires a login.",
    example: "getCertReq /tmp/p.csr",
  },
  storeCert: { example: "storeCert /opt/hsm/etc/issuerCA.crt 4" },
};

/** The offer of AWS without what stands in Alibaba's list: it works, but no list has it. */
const unlisted = Object.entries(aws.offer)
  .filter(([name]) => !(documented as readonly string[]).includes(name))
  .map(([name, offered]) => [name, { ...offered, documented: false, listedIn: [] }] as const);

/** Which commands the shell of Alibaba Cloud HSM has (page "hsm-mgmt-tool" and the table of users' rights). */
export const offer: ManagementOffer = Object.fromEntries([...documented.map(asOffered), ...unlisted]);

function asOffered(name: (typeof documented)[number]): readonly [string, Offered] {
  const offered = all[name];
  if (offered === undefined) throw new Error(`there is no ${name} to offer`);
  return [name, { ...offered, ...others[name] }];
}
