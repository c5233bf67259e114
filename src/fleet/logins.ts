import { HsmError } from "../hsm/return-code.ts";
import type { UserType } from "../hsm/user.ts";
import { endLogin } from "../simulator/login-end.ts";
import { readStatus } from "../simulator/status-reader.ts";
import type { Address } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { fingerprint } from "../text/fingerprint.ts";

/** Where a login is, and by which session. */
export interface LoginPlace extends Address {
  readonly hsmId: string;
  readonly session: number;
}

/** The login of one user through one shell, on all HSMs on which that shell has it. */
export interface FleetLogin {
  /** The same as long as it lasts: by it the login can be ended. */
  readonly id: string;
  /** The mark of the shell. */
  readonly shell: string;
  readonly type: UserType;
  readonly name: string;
  /** Microseconds since 1970: when it was made on the first of the HSMs; undefined where none knows. */
  readonly since: number | undefined;
  readonly places: readonly LoginPlace[];
}

/** Hears of an HSM that could not be asked. */
export type Unasked = (address: Address, error: HsmError) => void;

/** Characters of a shell's mark that tell it from others. */
const shortMark = 8;

/** The id of a user's login through a shell: what messages call the shell, and which of its users it is. */
export function loginId(shell: string, type: string, name: string): string {
  const user = fingerprint(`${type} ${name.toLowerCase()}`).toString(16).padStart(8, "0");
  return `${shell.slice(0, shortMark)}-${user.slice(-4)}`;
}

/** Who is logged in on these HSMs, the earliest first, beside the shells that work there. Changes nothing. */
export async function loginsIn(
  home: Home,
  addresses: readonly Address[],
  failed: Unasked,
): Promise<readonly FleetLogin[]> {
  const logins = new Map<string, FleetLogin>();
  for (const { hostname, port } of addresses) {
    await unlessFailed({ hostname, port }, failed, async (address) => {
      const { hsmId, logins: here } = await readStatus(home.open(address), address, home.presence);
      for (const { session, type, name, shell, since } of here) {
        const id = loginId(shell, type, name);
        const known = logins.get(id);
        const places = [...(known?.places ?? []), { ...address, hsmId, session }];
        logins.set(id, { id, shell, type, name, since: earlier(known?.since, since), places });
      }
    });
  }
  return [...logins.values()].sort((one, other) => (one.since ?? 0) - (other.since ?? 0));
}

/**
 * Ends a login on all its HSMs, as the end of its connection would. Returns where it was ended: where it had ended
 * meanwhile, it is left out.
 *
 * @param clock microseconds since 1970
 */
export async function endLogins(
  home: Home,
  { places }: FleetLogin,
  clock: () => number,
  failed: Unasked,
): Promise<readonly LoginPlace[]> {
  const ended: LoginPlace[] = [];
  for (const place of places) {
    await unlessFailed(place, failed, async (address) => {
      if (await endLogin(home.open(address), { address, session: place.session }, clock)) ended.push(place);
    });
  }
  return ended;
}

async function unlessFailed(
  address: Address,
  failed: Unasked,
  work: (address: Address) => Promise<void>,
): Promise<void> {
  try {
    await work(address);
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    failed(address, error);
  }
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
