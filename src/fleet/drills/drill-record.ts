import { Collection } from "../../simulator/records/collection.ts";
import type { Home } from "../../store/home.ts";
import type { HsmBaseline } from "./baseline.ts";

/** What is kept of a drill in its home. */
export interface DrillRecord {
  /** Milliseconds since 1970. */
  readonly started: number;
  /** How many hints were given. */
  readonly hints: number;
  /** Under which what HSMs held at the beginning was marked: 32 bytes in base64. */
  readonly secret: string;
  /** What each HSM held then, by its id. */
  readonly baseline: Readonly<Record<string, HsmBaseline>>;
}

const drills = new Collection<"drill", DrillRecord>("drill", {
  started: "number",
  hints: "number",
  secret: "string",
  baseline: "object",
});

/** The drill of a home; undefined where there is none. Throws StoreError, HsmError for a damaged record. */
export async function drillOf(home: Home): Promise<DrillRecord | undefined> {
  return (await home.records())?.read((snapshot) => drills.get(snapshot, "drill"));
}

/** Keeps what is to be kept of a drill. To be called under the lock of the home. Throws StoreError. */
export async function keepDrill(home: Home, record: DrillRecord): Promise<void> {
  await (await home.keepRecords()).change((transaction) => drills.put(transaction, "drill", record));
}
