import { HsmError } from "../hsm/return-code.ts";
import { readAddress } from "../simulator/identity-reader.ts";
import type { Home } from "../store/home.ts";
import type { KnownHsm } from "./find-hsm.ts";
import { readableHsms } from "./living-cluster.ts";

/** An HSM, and how it is reached in its cluster. */
export interface PlacedHsm extends KnownHsm {
  /** What its hostname resolves to; undefined where nobody said. */
  readonly address: string | undefined;
  /** Its number among the HSMs of its cluster, from 1 on, in the order of their host names. */
  readonly node: number;
}

const byNumbers = new Intl.Collator("en", { numeric: true });

/** The HSMs of a home that can be read, stopped ones too, cluster by cluster as they number their nodes. Throws StoreError. */
export async function placedHsms(home: Home): Promise<readonly PlacedHsm[]> {
  const known = await readableHsms(home);
  const sorted = known.toSorted(
    (one, other) => byNumbers.compare(one.hostname, other.hostname) || one.port - other.port,
  );
  const nodes = new Map<string, number>();
  const placed: PlacedHsm[] = [];
  for (const hsm of sorted) {
    const node = (nodes.get(hsm.clusterId) ?? 0) + 1;
    nodes.set(hsm.clusterId, node);
    placed.push({ ...hsm, address: await addressOf(home, hsm), node });
  }
  return placed;
}

/** One that cannot be read any more has none: whoever connects is told. */
async function addressOf(home: Home, hsm: KnownHsm): Promise<string | undefined> {
  try {
    return await readAddress(home.open(hsm), hsm);
  } catch (error) {
    if (error instanceof HsmError) return undefined;
    throw error;
  }
}
