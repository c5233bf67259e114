import { HsmError } from "../../hsm/return-code.ts";
import { type ServedHsm, readServed } from "../../simulator/service-reader.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { placeAt } from "../../store/place.ts";
import { type HsmNotUp, hsmsNotUp } from "../hsm-states.ts";
import { subnetOf, subnetsAround, zoneOf } from "./networks.ts";
import type { PlaneContext } from "./plane-context.ts";
import { type ClusterRecord, type HsmRecord, type ServiceRecords, type Subnet, recordsOf } from "./service-records.ts";

/** An HSM as it was found. */
export interface FoundHsm extends Address {
  readonly id: string;
  readonly subnet: Omit<Subnet, "network">;
  readonly record?: HsmRecord;
  /** What the HSM says; undefined where there is none, or it cannot be read. */
  readonly served?: ServedHsm;
  /** Whether somebody stopped it, or deleted it without getting to the end. */
  readonly notUp?: HsmNotUp["state"];
}

/** A cluster as it was found. */
export interface FoundCluster {
  readonly id: string;
  readonly record: ClusterRecord;
  /** Whether the record is kept, and not only what one would say. */
  readonly isKept: boolean;
  readonly hsms: readonly FoundHsm[];
}

/** All that there is of one region, as it was found at a time. */
export interface Survey {
  readonly clusters: readonly FoundCluster[];
  readonly records: ServiceRecords;
  readonly notUp: readonly HsmNotUp[];
}

interface Read extends Address {
  readonly served: ServedHsm;
  readonly since: number;
}

/** Looks at all clusters of a region, and changes nothing. Throws StoreError, HsmError for a damaged record of the home. */
export async function surveyOf(context: PlaneContext): Promise<Survey> {
  const { home, region } = context;
  const records = await recordsOf(home);
  const notUp = await hsmsNotUp(home);
  const read = await readHsms(home);
  const ids = new Set([...records.clusters.keys(), ...read.map(({ served }) => served.traits.clusterId)]);
  const clusters = [...ids].map((id) => clusterOf(id, read, notUp, records, context));
  return { clusters: clusters.filter(({ record }) => record.region === region), records, notUp };
}

function clusterOf(
  id: string,
  read: readonly Read[],
  notUp: readonly HsmNotUp[],
  records: ServiceRecords,
  { defaultRegion }: PlaneContext,
): FoundCluster {
  const own = read.filter(({ served }) => served.traits.clusterId === id);
  const found = records.clusters.get(id);
  // A configuration may have made it anew since.
  const kept = found?.deleted !== undefined && own.length > 0 ? undefined : found;
  const region = kept?.region ?? own.find(({ served }) => served.traits.region !== undefined)?.served.traits.region;
  const base: ClusterRecord = kept ?? {
    region: region ?? defaultRegion,
    created: Math.min(...own.map(({ since }) => since)),
    hsmType: "hsm1.medium",
    networkType: "IPV4",
    retentionDays: usualRetention,
    subnets: [],
    tags: [],
    isMadeHere: false,
  };
  const record = { ...base, subnets: subnetsAround(id, base.region, base.subnets, own) };
  const noteOf = (hsmId: string): HsmNotUp["state"] | undefined => notUp.find((note) => note.hsmId === hsmId)?.state;
  const there = own.map((each) => hsmThere(each, id, record, records, noteOf(each.served.hsmId)));
  const missing = [...records.hsms]
    .filter(([hsmId, { clusterId }]) => clusterId === id && !there.some((hsm) => hsm.id === hsmId))
    // Whoever destroyed it beside the service noted that.
    .filter(([hsmId, { deleted }]) => deleted !== undefined || noteOf(hsmId) !== "destroyed")
    .map(([hsmId, known]) => hsmMissing(hsmId, known));
  return { id, record, isKept: kept !== undefined, hsms: [...there, ...missing] };
}

/** An HSM that is there, whoever made it. */
function hsmThere(
  { hostname, port, served }: Read,
  clusterId: string,
  { region, subnets }: ClusterRecord,
  { hsms }: ServiceRecords,
  notUp: HsmNotUp["state"] | undefined,
): FoundHsm {
  const { hsmId } = served;
  const known = hsms.get(hsmId);
  const { zone, subnetId } = known ??
    subnetOf(clusterId, subnets, { hostname, port }) ?? { zone: zoneOf(region, 0), subnetId: "" };
  const found = { id: hsmId, hostname, port, subnet: { zone, subnetId }, served };
  return { ...found, ...(known === undefined ? {} : { record: known }), ...(notUp === undefined ? {} : { notUp }) };
}

/** An HSM of which there is no more than what the service keeps. */
function hsmMissing(id: string, record: HsmRecord): FoundHsm {
  const { hostname, port, zone, subnetId } = record;
  return { id, hostname, port, subnet: { zone, subnetId }, record };
}

/** Days for which a backup is kept where nobody says how many. */
export const usualRetention = 90;

async function readHsms(home: Home): Promise<readonly Read[]> {
  const read: Read[] = [];
  for (const { hostname, port } of await home.list()) {
    const address = { hostname, port };
    const found = await placeAt(home, address);
    if (found.kind !== "hsm") continue;
    try {
      const served = await readServed(home.open(address), address);
      read.push({ ...address, served, since: found.since.getTime() });
    } catch (error) {
      // Which cluster it is of, nobody can say; cloudhsm-sim status says what is wrong.
      if (!(error instanceof HsmError)) throw error;
    }
  }
  return read;
}
