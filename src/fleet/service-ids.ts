/** What the service names: a cluster, an HSM, a backup. */
type Kind = "cluster" | "hsm" | "backup";

/** The letters and digits of ids; there are 32, so that each byte picks one evenly. */
const signs = "abcdefghijklmnopqrstuvwxyz234567";
const length = 11;

/** Draws an id in the service's form: `hsm-` and eleven letters or digits. */
export function drawId(kind: Kind): string {
  const drawn = crypto.getRandomValues(new Uint8Array(length));
  return `${kind}-${Array.from(drawn, (byte) => signs[byte % signs.length]).join("")}`;
}
