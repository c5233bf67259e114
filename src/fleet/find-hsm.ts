import { namesHsm } from "../config/configuration.ts";
import { HsmError } from "../hsm/return-code.ts";
import { readIdentity } from "../simulator/identity-reader.ts";
import { type Address, addressText } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { placeAt } from "../store/place.ts";
import { StateError } from "../errors/state-error.ts";

/** An HSM of a home. */
export interface KnownHsm extends Address {
  readonly hsmId: string;
  readonly clusterId: string;
}

/**
 * The HSM of a home that a word names: its id, `hostname` or `hostname:port`. Throws {@link StateError} where there is
 * none or more than one, StoreError, and HsmError for one that cannot be read.
 */
export async function findHsm(home: Home, word: string): Promise<KnownHsm> {
  const address = await locateHsm(home, word);
  const { id, clusterId } = await naming(address, () => readIdentity(home.open(address), address));
  return { ...address, hsmId: id, clusterId };
}

/** Where the HSM is that a word names, seen without opening any. Throws {@link StateError} as {@link findHsm} does. */
export async function locateHsm(home: Home, word: string): Promise<Address> {
  const addresses = await home.list();
  const named: Address[] = [];
  const unusable: Address[] = [];
  for (const address of addresses) {
    const place = await placeAt(home, address);
    const isNamed = namesHsm(word, { ...address, id: "" });
    if (place.kind !== "hsm") {
      if (isNamed) unusable.push(address);
    } else if (isNamed || place.mark === home.markOf(word)) named.push(address);
  }
  const [found, other] = named;
  if (found === undefined) {
    const [broken] = unusable;
    if (broken !== undefined)
      throw new StateError(`${addressText(broken)} cannot be used: cloudhsm-sim status says why`);
    const known = addresses.map(addressText).join(", ");
    const there = known === "" ? `${home.name} holds no HSM` : `there are ${known}`;
    throw new StateError(`no HSM is called ${word}: ${there}`);
  }
  if (other !== undefined) {
    throw new StateError(`${word} is more than one HSM: name one of ${named.map(addressText).join(", ")}`);
  }
  return { hostname: found.hostname, port: found.port };
}

/** What an HSM fails with says which it was. */
export async function naming<T>(address: Address, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    throw new StateError(`${addressText(address)}: ${error.message}: cloudhsm-sim status says what is wrong`, {
      cause: error,
    });
  }
}
