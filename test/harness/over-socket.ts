import type { Hsm } from "../../src/hsm/hsm.ts";
import { passing } from "../../src/hsm/passage.ts";
import type { RequestName } from "../../src/hsm/requests.ts";

/** An HSM as it would be behind a socket: of what goes there and what comes back there are copies only. */
export function overSocket(hsm: Hsm, met: (name: RequestName) => void = () => undefined): Hsm {
  return passing(hsm, async ({ name, given }, carryOut) => {
    met(name);
    return structuredClone(await carryOut(given.map((part) => structuredClone(legible(part)))));
  });
}

/** An offer shows its text to those who ask for it only, as whoever writes to a socket must. */
function legible(part: unknown): unknown {
  if (typeof part !== "object" || part === null || !("password" in part)) return part;
  const { text, salt } = part.password as { readonly text: string; readonly salt: Uint8Array };
  return { ...part, password: { text, salt } };
}
