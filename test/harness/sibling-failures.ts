import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certificateTypes } from "../../src/hsm/certificate-type.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import type { RequestName } from "../../src/hsm/requests.ts";
import { azure as model } from "../../src/simulator/models/azure.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { createIn } from "./created-home.ts";
import { type CustomerCa, customerCa } from "./customer-ca.ts";
import type { Rehearsed } from "./partial-failures.ts";
import { RehearsedHome } from "./rehearsed-home.ts";
import { credentials, logIn } from "./tested-hsm.ts";

/** Requests that only commands of other vendors' shells make. */
export const ofSiblings: readonly RequestName[] = [
  "certificateRequest",
  "storeCertificate",
  "users.hash",
  "users.setSwitches",
  "users.unlock",
  "unlocking.challenge",
  "unlocking.unlock",
  "keys.give",
];

/** In which of {@link siblingHomes} a line is rehearsed. */
type Where = "certified" | "pending" | "owned";

/** A line of Azure's shell, whether it changes the HSMs that it succeeds on, and where it is rehearsed. */
export interface RehearsedSibling extends Rehearsed {
  readonly where: Where;
  readonly changes: boolean;
}

const officer = "loginHSM CO admin admin12345";
const preco = "loginHSM PRECO admin tenantadmin";

/** Each command that AWS's shell lacks, in a folder with {@link writeSiblingFiles its files}. */
export function siblingRehearsals(folder: string): readonly RehearsedSibling[] {
  const file = (name: string): string => join(folder, name);
  const [challenge, unlock] = [`getChallenge admin ${folder} ${folder}`, `unlockCO admin ${file("unlock.json")}`];
  const reading = { where: "certified", changes: false, before: [officer] } as const;
  const changing = { ...reading, changes: true } as const;
  const certifying = { where: "pending", changes: true } as const;
  return [
    { ...reading, command: "getUserHash", line: "getUserHash" },
    { ...reading, command: "getSingleUserHash", line: "getSingleUserHash bob" },
    { ...changing, command: "setUserAttributes", line: `setUserAttributes bob ${file("switches")}` },
    { ...changing, command: "disableUserAccess", line: "disableUserAccess bob" },
    { ...changing, command: "unlockUser", line: "unlockUser carol" },
    { ...changing, command: "modifyKeyOwner", line: "modifyKeyOwner 10 5" },
    { ...reading, command: "reconnect", before: ["server 0"], line: "reconnect" },
    { ...certifying, command: "getCertReq", changes: false, before: ["server 0"], line: `getCertReq ${file("csr")}` },
    { ...certifying, command: "storeCert", before: ["server 0", preco], line: `storeCert ${file("PO.crt")} 4` },
    {
      ...certifying,
      command: "storeCert",
      before: ["server 0", preco, `storeCert ${file("PO.crt")} 4`],
      line: `storeCert ${file("POAC.crt")} 8`,
    },
    { where: "owned", changes: true, command: "getChallenge", before: [], line: challenge },
    { where: "owned", changes: true, command: "unlockCO", before: [challenge], line: unlock },
  ];
}

/** The homes of {@link siblingRehearsals}, of three HSMs, or the first where the others are still to come. */
export interface SiblingHomes extends Readonly<Record<Where, RehearsedHome>> {
  readonly ca: CustomerCa;
}

const hsms = "hsms: [{ id: hsm-0, hostname: h0 }, { id: hsm-1, hostname: h1 }, { id: hsm-2, hostname: h2 }]";
const pendingYaml = `clusters:
  - { id: pending, certificates: pending, passwordCost: 10, ${hsms} }
`;

/** Creates the homes; the files of the owner are in a folder. */
export async function siblingHomes(folder: string): Promise<SiblingHomes> {
  const ca = customerCa({ folder });
  const certified = await RehearsedHome.of(
    `clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: admin12345 }
      - { id: 4, type: CU, name: alice, password: alice12345 }
      - { id: 5, type: CU, name: bob, password: bobby12345 }
      - { id: 6, type: CU, name: carol, password: carol12345, loginFailures: 5 }
    keys: [{ handle: 10, type: GENERIC, size: 256, owner: alice }]
    ${hsms}
`,
    model,
  );
  const pending = await RehearsedHome.of(pendingYaml, model);
  const owned = pending.copy();
  await own(await firstOf(owned), ca);
  await createIn(owned.home, pendingYaml, model);
  return { certified, pending, owned, ca };
}

/** The first HSM of a home, an hour from now: certificates begin at the second at which they are made. */
function firstOf({ home }: RehearsedHome): Promise<Hsm> {
  const address = { hostname: "h0", port: 2225 };
  return openHsm(home.open(address), { clock: anHourFromNow, presence: home.presence, address });
}

/** Microseconds since 1970. */
export function anHourFromNow(): number {
  return (Date.now() + 3_600_000) * 1000;
}

/** Stores what the owner signed, and leaves the only officer locked. */
async function own(hsm: Hsm, ca: CustomerCa): Promise<void> {
  const first = await logIn(hsm, "PRECO", "admin", "tenantadmin");
  await hsm.storeCertificate(first.session, ca.anchor, certificateTypes.customerRoot);
  const signed = ca.sign(await hsm.certificateRequest());
  await hsm.storeCertificate(first.session, signed, certificateTypes.clusterByCustomer);
  const { session } = await logIn(hsm, "PRECO", "admin", "tenantadmin");
  await hsm.users.changePassword(session, credentials("PRECO", "admin", "admin12345"));
  await hsm.logins.logout(session);
  for (let failure = 0; failure < 5; failure++) await logIn(hsm, "CO", "admin", "no-password").catch(() => undefined);
}

/** Writes what the lines read. */
export async function writeSiblingFiles(folder: string, { ca, pending }: SiblingHomes): Promise<void> {
  writeFileSync(join(folder, "switches"), "CKA_USER_SIGN\n0x00\n");
  writeFileSync(join(folder, "PO.crt"), ca.anchor);
  writeFileSync(join(folder, "POAC.crt"), ca.sign(await (await firstOf(pending)).certificateRequest()));
  const nodes = [1, 2, 3].map((node) => [`Node ${String(node)}`, join(folder, `owner_node_${String(node)}`)] as const);
  writeFileSync(join(folder, "unlock.json"), JSON.stringify({ "Unlock CO signatures": Object.fromEntries(nodes) }));
}

/** Has the owner sign the challenges that were drawn. */
export function signChallenges(folder: string, ca: CustomerCa): void {
  for (const node of ["1", "2", "3"]) {
    const challenge = readFileSync(join(folder, `challenge_node_${node}`));
    writeFileSync(join(folder, `owner_node_${node}`), ca.vouch(challenge));
  }
}
