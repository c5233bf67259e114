import { defaultPort } from "../../config/configuration.ts";
import { isHostname, unseen } from "../../config/schema.ts";
import type { Address } from "../../store/address.ts";
import { WordsError } from "./words-error.ts";

/** The address that words of a command line say. Throws WordsError for what is none. */
export function addressOf(hostname: string, port: number = defaultPort): Address {
  if (!isHostname(hostname)) {
    throw new WordsError("a hostname must be a host name or an address, without a port: give that with --port");
  }
  return { hostname, port };
}

/** Throws WordsError for what no configuration may say of where a cluster is. */
export function requireRegion(region: string | undefined): void {
  if (region !== undefined && (region === "" || unseen.test(region))) {
    throw new WordsError("--region must be a word without control or invisible characters, such as eu-west-1");
  }
}
