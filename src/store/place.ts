import type { Address } from "./address.ts";
import type { Found, Home } from "./home.ts";
import { StoreError } from "./store.ts";

/** What is at the place of an HSM, or why nobody can say. */
export type Place = Found | { readonly kind: "hidden"; readonly cause: string };

/** A place without an HSM that this program can open. */
export type EmptyPlace = Exclude<Place, { readonly kind: "hsm" }>;

/** Looks at the place of an HSM, without opening it. */
export async function placeAt(home: Home, address: Address): Promise<Place> {
  try {
    return await home.inspect(address);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { kind: "hidden", cause: error.message };
  }
}
