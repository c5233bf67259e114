import { clock } from "../../clock/clock.ts";
import type { Done } from "../../cluster/answer.ts";
import { Cluster } from "../../cluster/cluster.ts";
import type { ServerAddress } from "../../cluster/server.ts";
import { type FleetLogin, type LoginPlace, loginId } from "../../fleet/logins.ts";
import type { Credentials, Hsm, Login } from "../../hsm/hsm.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { isLoggedIn } from "../../simulator/present-logins.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";

/** How the HSMs are reached, and who hears of one that refuses. */
export interface Reach {
  readonly home: Home;
  readonly open: (address: Address) => Promise<Hsm>;
  readonly refused: (address: Address, error: HsmError) => void;
}

/** What an HSM answered to a login. */
interface Granted {
  readonly login: Login;
  readonly hsmId: string;
}

/** A login on several HSMs, as a shell has it, and where it is left. */
export class HeldLogin {
  readonly #home: Home;
  readonly #cluster: Cluster;
  #login: FleetLogin;

  private constructor(home: Home, cluster: Cluster, login: FleetLogin) {
    this.#home = home;
    this.#cluster = cluster;
    this.#login = login;
  }

  /**
   * Logs in on each of these HSMs, in their order, as loginHSM does. Returns undefined where all refuse. To be ended with
   * {@link end}.
   */
  static async take(
    addresses: readonly ServerAddress[],
    credentials: Credentials,
    { home, open, refused }: Reach,
  ): Promise<HeldLogin | undefined> {
    const cluster = new Cluster(addresses, open);
    // One that cannot prepare refuses the login below, which tells of it.
    await Promise.allSettled(cluster.servers.map((server) => server.ask((hsm) => hsm.logins.prepare(credentials))));
    const since = clock();
    const granted: Done<Granted>[] = [];
    for (const server of cluster.servers) {
      const answer = await server.ask(async (hsm) => ({
        login: await hsm.logins.login(credentials),
        hsmId: hsm.identity.id,
      }));
      if (answer.outcome === "failed") {
        refused(server.address, answer.error);
        continue;
      }
      server.remember(answer.value.login);
      granted.push(answer);
    }
    const [first] = granted;
    if (first === undefined) {
      await cluster.disconnect();
      return undefined;
    }
    const shell = await home.presence.announce();
    const { type, name } = first.value.login;
    const places = granted.map(placeOf);
    return new HeldLogin(home, cluster, {
      id: loginId(shell, type, name),
      shell,
      type,
      name,
      since,
      places,
    });
  }

  /** Who is logged in where, as far as is known. */
  get login(): FleetLogin {
    return this.#login;
  }

  /** Looks where the login was ended from elsewhere since it was looked for last, which it returns. */
  async lost(): Promise<readonly LoginPlace[]> {
    const lost: LoginPlace[] = [];
    for (const place of this.#login.places) if (!(await this.#isThere(place))) lost.push(place);
    for (const server of this.#cluster.servers) {
      const { hostname, port } = server.address;
      // Nobody is to be logged out there, which the HSM may not answer any more.
      if (lost.some((place) => place.hostname === hostname && place.port === port)) server.remember(undefined);
    }
    this.#login = { ...this.#login, places: this.#login.places.filter((place) => !lost.includes(place)) };
    return lost;
  }

  /** Logs out wherever the login is left, and disconnects. Returns those that refused to. */
  async end(): Promise<readonly (readonly [Address, HsmError])[]> {
    const refusals: (readonly [Address, HsmError])[] = [];
    for (const server of this.#cluster.servers) {
      if (server.login === undefined) continue;
      const answer = await server.ask((hsm, session) => hsm.logins.logout(session));
      server.remember(undefined);
      if (answer.outcome === "failed" && answer.error.returnCode !== "NOT_LOGGED_IN") {
        refusals.push([server.address, answer.error]);
      }
    }
    await this.#cluster.disconnect();
    return refusals;
  }

  /** An HSM that is gone holds no login; of one that is busy for a moment nobody knows otherwise. */
  async #isThere(place: LoginPlace): Promise<boolean> {
    try {
      return await isLoggedIn(this.#home.open(place), place.session);
    } catch (error) {
      if (error instanceof HsmError) return error.returnCode === "HSM_BUSY";
      throw error;
    }
  }
}

function placeOf({ server: { address }, value }: Done<Granted>): LoginPlace {
  const { hostname, port } = address;
  return { hostname, port, hsmId: value.hsmId, session: value.login.session };
}
