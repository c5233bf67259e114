import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkedIn } from "../../src/fleet/checked-clusters.ts";
import { setOwnerCheck } from "../../src/fleet/owner-check.ts";
import { certificateTypes } from "../../src/hsm/certificate-type.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import { readOwner } from "../../src/simulator/certificate-reader.ts";
import { azure } from "../../src/simulator/models/azure.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Home } from "../../src/store/home.ts";
import { auditLog } from "../harness/audit.ts";
import { type CustomerCa, customerCa } from "../harness/customer-ca.ts";
import { isMissing } from "../harness/debian.ts";
import { program } from "../harness/program.ts";
import { codeOf } from "../harness/return-codes.ts";
import { credentials, logIn } from "../harness/tested-hsm.ts";
import { type Change, tryFaults } from "./faulty-change.ts";

const { customerRoot, clusterByCustomer } = certificateTypes;
const h0 = { hostname: "h0", port: 2225 };
const cluster = `dialect: azure
clusters:
  - id: c
    certificates: pending
    passwordCost: 10
    hsms: [{ id: hsm-a, hostname: h0 }]
`;
const forLong = { timeout: 600_000 };
const factory = "tenantadmin";
const own = "owner-admin";

/** An hour from now: certificates begin at the second at which they are made. */
const clock = (): number => (Date.now() + 3_600_000) * 1000;
const hsmOf = (home: Home): Promise<Hsm> => openHsm(home.open(h0), { clock, presence: home.presence, address: h0 });

/** How often the audit log says that a request was carried out. */
function happened(home: Home, opcode: string): number {
  return auditLog(home.name, h0.hostname).filter((event) => event.opcode === opcode && event.response === 0).length;
}

/** The shell in a scene of an owner, with lines of input; the configuration is where the vendor's is, beside the folder of certificates. */
function shellWith(folder: string, { anchor }: CustomerCa, ...lines: readonly string[]): readonly string[] {
  for (const name of ["bin", "cert", "unlock"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "bin", "cluster.yaml"), cluster);
  writeFileSync(join(folder, "cert", "PO.crt"), anchor);
  return ["--bail", "--yes", ...lines.flatMap((line) => ["-c", line]), join(folder, "bin", "cluster.yaml")];
}

/** A change that the shell of Azure makes to a cluster that waits for its owner's certificates. */
function changing(change: Pick<Change, "title" | "words" | "before" | "inspect" | "stride">): Promise<number> {
  return tryFaults({ ...change, cluster, model: azure, program });
}

/** Stores what the owner signed, and makes the PRECO an officer, whom wrong passwords lock. */
async function lockOwned(home: Home, ca: CustomerCa): Promise<void> {
  const hsm = await hsmOf(home);
  const { session } = await logIn(hsm, "PRECO", "admin", factory);
  await hsm.storeCertificate(session, ca.anchor, customerRoot);
  await hsm.storeCertificate(session, ca.sign(await hsm.certificateRequest()), clusterByCustomer);
  const preco = await logIn(hsm, "PRECO", "admin", factory);
  await hsm.users.changePassword(preco.session, credentials("PRECO", "admin", own));
  await hsm.logins.logout(preco.session);
  for (let failure = 0; failure < 5; failure++) await codeOf(logIn(hsm, "CO", "admin", "wrong-password"));
  expect(await codeOf(logIn(hsm, "CO", "admin", own))).toBe("USER_LOCKED");
}

describe.skipIf(isMissing("strace") || isMissing("openssl"))(
  "killed, out of space or with a broken disk at writes of what the owner signs",
  () => {
    test("storeCert: each certificate is stored or not, and the rest of the way is open", forLong, async () => {
      const ca = customerCa();
      const points = await changing({
        title: "storeCert",
        stride: 11,
        words: async ({ folder, home }) => {
          const words = shellWith(
            folder,
            ca,
            ...["server 0", `loginHSM PRECO admin ${factory}`],
            ...["PO.crt 4", "POAC.crt 8"].map((named) => `storeCert ${folder}/cert/${named}`),
          );
          writeFileSync(join(folder, "cert", "POAC.crt"), ca.sign(await (await hsmOf(home)).certificateRequest()));
          return words;
        },
        inspect: async ({ home }, done) => {
          const stored = happened(home, "CN_STORE_CERTIFICATE");
          const hsm = await hsmOf(home);
          const { isInitialised } = await readOwner(home.open(h0), h0);
          expect({ stored, isInitialised }).toEqual({ stored: done ? 2 : stored, isInitialised: stored === 2 });
          expect(await codeOf(hsm.certificate(customerRoot))).toBe(stored > 0 ? "SUCCESS" : "INVALID_INPUT");
          if (!isInitialised) {
            const { session } = await logIn(hsm, "PRECO", "admin", factory);
            await hsm.storeCertificate(session, ca.anchor, customerRoot);
            await hsm.storeCertificate(session, ca.sign(await hsm.certificateRequest()), clusterByCustomer);
          }
          expect(await hsm.certificate(customerRoot)).toBe(ca.anchor);
          expect((await readOwner(home.open(h0), h0)).isOwnedBy(ca.anchor)).toBe(true);
          await logIn(hsm, "PRECO", "admin", factory);
        },
      });
      expect(points).toBeGreaterThan(20);
    });

    // Beside the scene: another thread writes these, whose calls are not counted.
    const filesOf = (folder: string): string => `${folder}-unlock`;

    test("getChallenge: what is in the file unlocks, or can be asked for again", forLong, async () => {
      const ca = customerCa();
      const points = await changing({
        title: "getChallenge",
        stride: 11,
        before: (home) => lockOwned(home, ca),
        words: ({ folder }) => {
          const files = filesOf(folder);
          rmSync(files, { recursive: true, force: true });
          mkdirSync(files);
          return shellWith(folder, ca, "server 0", `getChallenge admin ${files} ${files}`);
        },
        inspect: async ({ folder, home }, done) => {
          const hsm = await hsmOf(home);
          const [challenge, signature] = ["challenge", "signature"].map((name) =>
            join(filesOf(folder), `${name}_node_1`),
          );
          const files = [challenge, signature].map((path = "") => (existsSync(path) ? readFileSync(path) : undefined));
          if (done) expect(files).not.toContain(undefined);
          const [drawn] = files;
          expect(drawn?.length).toBeOneOf([176, undefined]);
          if (drawn !== undefined) expect(happened(home, "CN_GET_UNLOCK_CHALLENGE")).toBe(1);
          const { challenge: next } =
            drawn === undefined ? await hsm.unlocking.challenge(0, "admin") : { challenge: drawn };
          await hsm.unlocking.unlock(0, "admin", ca.vouch(next));
          await logIn(hsm, "CO", "admin", own);
        },
      });
      expect(points).toBeGreaterThan(10);
    });

    test("unlockCO: the officer is unlocked, or the same signature still does it", forLong, async () => {
      const ca = customerCa();
      let signature: Uint8Array = new Uint8Array();
      const points = await changing({
        title: "unlockCO",
        stride: 11,
        before: async (home) => {
          await lockOwned(home, ca);
          signature = ca.vouch((await (await hsmOf(home)).unlocking.challenge(0, "admin")).challenge);
        },
        words: ({ folder }) => {
          const [template, signed] = ["template.json", "owner_node_1"].map((name) => join(folder, "unlock", name)) as [
            string,
            string,
          ];
          const words = shellWith(folder, ca, "server 0", `unlockCO admin ${template}`);
          writeFileSync(signed, signature);
          writeFileSync(template, JSON.stringify({ "Unlock CO signatures": { "Node 1": signed } }));
          return words;
        },
        inspect: async ({ home }, done) => {
          const hsm = await hsmOf(home);
          const unlocked = happened(home, "CN_UNLOCK_CO");
          expect(unlocked).toBeOneOf(done ? [1] : [0, 1]);
          expect((await hsm.users.find("admin")).loginFailures).toBe(unlocked === 1 ? 0 : 5);
          expect(await codeOf(hsm.unlocking.unlock(0, "admin", signature))).toBe(
            unlocked === 1 ? "USER_NOT_LOCKED" : "SUCCESS",
          );
          await logIn(hsm, "CO", "admin", own);
        },
      });
      expect(points).toBeGreaterThan(10);
    });

    test("e2e: the cluster is checked, or not yet", forLong, async () => {
      const isChecked = async (home: Home) => (await (await home.keepRecords()).read(checkedIn)).has("c");
      const points = await tryFaults({
        title: "e2e c checked",
        stride: 16,
        words: () => ["e2e", "c", "checked"],
        inspect: async ({ home }, done) => {
          if (done) expect(await isChecked(home)).toBe(true);
          await setOwnerCheck(home, "c", (await isChecked(home)) ? "unchecked" : "checked");
          await setOwnerCheck(home, "c", "checked");
          expect(await isChecked(home)).toBe(true);
          expect(await codeOf((await hsmOf(home)).users.list())).toBe("SUCCESS");
        },
      });
      expect(points).toBeGreaterThan(4);
    });
  },
);
