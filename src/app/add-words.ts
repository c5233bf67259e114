import { defaultPort } from "../config/configuration.ts";
import type { Address } from "../store/address.ts";

/** What an operator types to have another HSM where one was destroyed: nothing replaces one that is gone. */
export function addWords({ clusterId, hostname, port }: Address & { readonly clusterId: string }): string {
  const portOption = port === defaultPort ? "" : ` --port ${String(port)}`;
  return `cloudhsm-sim hsm add ${clusterId} ${hostname}${portOption}`;
}
