import { identityIn } from "../../src/simulator/own-identity.ts";
import { readMaterial } from "../../src/simulator/records/key-records.ts";
import { StorageKey } from "../../src/simulator/sealing/storage-key.ts";
import type { TestedHsm } from "./tested-hsm.ts";

/** The material of a token key, in DER where it is one of a pair: what no command gives out of every key. */
export function keptMaterial({ store }: TestedHsm, handle: number): Promise<Buffer> {
  return store.read(async (snapshot) => {
    const { storageKey, hsmId } = await identityIn(snapshot, { hostname: "10.0.0.1", port: 2225 });
    return readMaterial(snapshot, handle, new StorageKey(storageKey, hsmId));
  });
}
