import { randomBytes } from "node:crypto";
import { HsmError } from "../../hsm/return-code.ts";
import { type ComparableHsm, readComparable } from "../../simulator/comparable-reader.ts";
import { type Address, isSameAddress } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { placeAt } from "../../store/place.ts";
import { type HsmNotUp, hsmsNotUp } from "../hsm-states.ts";
import type { UnusableHsm } from "../status.ts";
import { Evidence, type LastSet } from "./evidence.ts";
import { type FamilyComparison, compareFamily, isFamilyInStep } from "./compare-family.ts";
import { type Family, type NumberedServer, type Relative, familiesOf } from "./relative.ts";

/** An HSM that was compared. */
export interface ComparedHsm extends Address {
  readonly hsmId: string;
  readonly clusterId: string;
  /** Undefined where the configuration does not list it. */
  readonly server: NumberedServer | undefined;
}

/** A cluster with its clones. */
export interface ComparedFamily extends FamilyComparison {
  /** Their ids. */
  readonly clusters: readonly string[];
  readonly hsms: readonly ComparedHsm[];
}

/** What is out of step in a home. */
export interface Comparison {
  readonly families: readonly ComparedFamily[];
  readonly unusable: readonly UnusableHsm[];
  /** HSMs that are stopped, or destroyed and still listed: nobody compares them. */
  readonly notUp: readonly HsmNotUp[];
}

/** Whether all HSMs could be compared, and none differs. */
export function isAllInStep({ families, unusable, notUp }: Comparison): boolean {
  return unusable.length === 0 && notUp.length === 0 && families.every(({ findings }) => findings.length === 0);
}

/** The HSMs of a home, seen one after the other, and the servers that lines name. */
export interface SeenHsms {
  readonly relatives: readonly Relative[];
  readonly servers: readonly NumberedServer[];
  readonly unusable: readonly UnusableHsm[];
  readonly notUp: readonly HsmNotUp[];
}

/** Reads the HSM at an address. Throws HsmError for one that cannot be read. */
export type ReadHsm = (address: Address) => Promise<ComparableHsm>;

/** Reads when what was set last on the HSM at an address; empty for an HSM whose log cannot be read. */
export type ReadLastSet = (address: Address) => Promise<LastSet>;

/** Reads it from the audit logs of a home, from their beginnings. */
export function lastSetIn(home: Home): ReadLastSet {
  return ({ hostname, port }) => new Evidence().read(() => home.open({ hostname, port }));
}

/** What the shell of HSMs of a model takes in place of a password, behind a blank; empty where it asks for it always. */
export type PasswordWords = (model: string) => string;

const usualPasswordWord: PasswordWords = () => " -hpswd";

/**
 * Compares the HSMs of each cluster and of its clones, beside the shells that work there, and changes nothing. Throws
 * StoreError.
 *
 * @param servers what `server 0`, `server 1` ... are for the lines that mend what differs
 */
export async function compareHome(
  home: Home,
  servers: readonly (Address & { readonly name: string })[],
  passwordWords: PasswordWords = usualPasswordWord,
): Promise<Comparison> {
  const secret = randomBytes(32);
  const read: ReadHsm = (address) => readComparable(home.open(address), address, home.presence, secret);
  return compareSeen(await seeHsms(home, servers, read, passwordWords), lastSetIn(home));
}

/**
 * Looks at all HSMs of a home. Throws StoreError.
 *
 * @param read marks of secrets, which are compared, must be made under the same key for all
 */
export async function seeHsms(
  home: Home,
  servers: readonly (Address & { readonly name: string })[],
  read: ReadHsm,
  passwordWords: PasswordWords = usualPasswordWord,
): Promise<SeenHsms> {
  const listed = servers.map(({ hostname, port, name }, number) => ({ hostname, port, name, number }));
  const notUp = await notUpIn(home, listed);
  const stopped = new Set(notUp.map(({ hsmId }) => hsmId));
  const relatives: Relative[] = [];
  const unusable: UnusableHsm[] = [];
  for (const { hostname, port } of await home.list()) {
    const address = { hostname, port };
    const server = listed.find((each) => isSameAddress(each, address));
    const place = await placeAt(home, address);
    if (place.kind !== "hsm") {
      unusable.push({ ...address, found: place });
      continue;
    }
    try {
      const seen = await read(address);
      if (stopped.has(seen.hsmId)) continue;
      const passwordWord = passwordWords(seen.model);
      relatives.push({ ...address, ...seen, server, passwordWord, lastSet: new Map() });
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
      unusable.push({ ...address, found: { kind: "failed", error } });
    }
  }
  return { relatives, servers: listed, unusable, notUp };
}

/** Compares HSMs that were seen; where they differ, reads their audit logs, too. Throws StoreError. */
export async function compareSeen(
  { relatives, servers, unusable, notUp }: SeenHsms,
  lastSet: ReadLastSet,
): Promise<Comparison> {
  const families: ComparedFamily[] = [];
  for (const family of familiesOf(relatives)) {
    families.push({
      clusters: [...new Set(family.map(({ clusterId }) => clusterId))],
      hsms: family.map(({ hsmId, clusterId, hostname, port, server }) => ({
        ...{ hsmId, clusterId, hostname, port, server },
      })),
      ...(await compareWithEvidence(family, servers, lastSet)),
    });
  }
  return { families, unusable, notUp };
}

/** What was set when is read only where something differs. */
async function compareWithEvidence(
  family: Family,
  servers: readonly NumberedServer[],
  lastSet: ReadLastSet,
): Promise<FamilyComparison> {
  if (isFamilyInStep(family)) return { logins: [], findings: [] };
  const informed: Relative[] = [];
  for (const hsm of family) informed.push({ ...hsm, lastSet: await lastSet(hsm) });
  return compareFamily(informed, servers);
}

/** What is expected there and is not up; of destroyed HSMs, those that the configuration still lists. */
async function notUpIn(home: Home, servers: readonly Address[]): Promise<readonly HsmNotUp[]> {
  const all = await hsmsNotUp(home);
  return all.filter(
    (hsm) =>
      hsm.state === "stopped" || (hsm.replacedBy === undefined && servers.some((each) => isSameAddress(each, hsm))),
  );
}
