import type { AddedHsm } from "../../fleet/add-hsm.ts";
import { printable } from "../../text/printable.ts";
import { counted } from "./counted.ts";
import { addressText } from "../../store/address.ts";

/** What is said of an HSM that was added. */
export function addedLines(
  { clusterId, hsm, from, users, keys }: AddedHsm,
  listedIn: string | undefined,
): readonly string[] {
  const content = `${counted(users, "user")} and ${counted(keys, "key")} of ${from}`;
  return [
    printable(`${hsm.id} at ${addressText(hsm)} is in ${clusterId} now, with ${content}`),
    ...(listedIn === undefined ? [] : [printable(`${listedIn} lists it`)]),
  ];
}
