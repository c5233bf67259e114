import { defaultPort } from "../../config/configuration.ts";
import { isHostname } from "../../config/schema.ts";
import type { Address } from "../../store/address.ts";
import { WordsError } from "./words-error.ts";

/** The address that words of a command line say. Throws WordsError for what is none. */
export function addressOf(hostname: string, port: number = defaultPort): Address {
  if (!isHostname(hostname)) {
    throw new WordsError("a hostname must be a host name or an address, without a port: give that with --port");
  }
  return { hostname, port };
}
