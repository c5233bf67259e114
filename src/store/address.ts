/** Where an HSM answers. */
export interface Address {
  readonly hostname: string;
  readonly port: number;
}

/** An address as messages name it. */
export function addressText({ hostname, port }: Address): string {
  return `${hostname}:${String(port)}`;
}

/** The same for one address however it is written: case does not matter. */
export function addressKey(address: Address): string {
  return addressText(address).toLowerCase();
}

/** Whether two addresses are one. */
export function isSameAddress(one: Address, other: Address): boolean {
  return addressKey(one) === addressKey(other);
}
