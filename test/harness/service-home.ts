import type { Home } from "../../src/store/home.ts";
import { type ControlPlane, controlPlane } from "../../src/fleet/service/control-plane.ts";
import type { ServiceCluster } from "../../src/fleet/service/service-cluster.ts";
import { Progress } from "../../src/fleet/progress.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { offerPassword } from "../../src/hsm/password-offer.ts";
import type { CustomerCa } from "./customer-ca.ts";
import type { Enter } from "./homes.ts";

/** The region of most of what tests make. */
export const region = "us-east-1";

/** A home in which the service works, with a clock that goes on only where a test says so. */
export class ServedHome {
  /** Milliseconds since 1970. */
  now = Date.now();
  /** Milliseconds for which transitions are shown. */
  delay = 0;
  readonly #enter: Enter;

  constructor(enter: Enter) {
    this.#enter = enter;
  }

  /** The same home, entered in another way. */
  through(way: (home: Home) => Home): ServedHome {
    return Object.assign(new ServedHome(() => way(this.#enter())), { now: this.now, delay: this.delay });
  }

  /** Asks the service of a region once, under the lock of the home, as one request does. */
  async ask<T>(work: (plane: ControlPlane) => Promise<T>, asked = region): Promise<T> {
    return this.visit((home) =>
      work(
        controlPlane({
          home,
          clock: () => this.now * 1000,
          progress: new Progress(new AbortController().signal),
          region: asked,
          defaultRegion: region,
          delay: this.delay,
        }),
      ),
    );
  }

  /** Works in the home while nobody else changes it, and closes it. */
  async visit<T>(work: (home: Home) => Promise<T>): Promise<T> {
    const home = this.#enter();
    try {
      await home.prepare();
      const signal = new AbortController().signal;
      return await home.exclusively({ signal, waited: () => undefined }, () => work(home));
    } finally {
      await home.close();
      await home.giveBack();
    }
  }

  /** Works in the home beside whoever changes it, as a shell does, and closes it. */
  async shell<T>(work: (home: Home) => Promise<T>): Promise<T> {
    const home = this.#enter();
    try {
      return await work(home);
    } finally {
      await home.close();
    }
  }

  /** What describe-clusters shows of a cluster; throws where it shows none. */
  async cluster(id: string, asked = region): Promise<ServiceCluster> {
    const found = (await this.ask((plane) => plane.clusters(), asked)).find((cluster) => cluster.id === id);
    if (found === undefined) throw new Error(`${id} is not shown`);
    return found;
  }

  /** Creates a cluster with subnets in zones a and b. Returns its id. */
  async created(): Promise<string> {
    const wish = { hsmType: "hsm1.medium", subnetIds: ["subnet-11111111", "subnet-22222222"], tags: [] } as const;
    return (await this.ask((plane) => plane.createCluster(wish))).id;
  }

  /** Creates an HSM in zone a. Returns its id. */
  async withHsm(id: string): Promise<string> {
    return (await this.ask((plane) => plane.createHsm(id, { zone: `${region}a` }))).id;
  }

  /** Initialises a cluster by the guide's steps. */
  async initialised(id: string, ca: CustomerCa): Promise<void> {
    const { clusterCsr = "" } = (await this.cluster(id)).certificates;
    // What was just signed is valid from now on.
    const { anchor: trustAnchor } = ca;
    const signedCert = ca.sign(clusterCsr);
    this.now = Math.max(this.now, Date.now());
    const wish = { signedCert, trustAnchor };
    await this.ask((plane) => plane.initializeCluster(id, wish));
  }

  /** Activates a cluster as a shell does: on each of its HSMs. */
  async activated(id: string): Promise<void> {
    const { hsms } = await this.cluster(id);
    await this.visit(async (home) => {
      for (const { eniIp: hostname = "" } of hsms) {
        const address = { hostname, port: 2225 };
        const surroundings = { clock: () => this.now * 1000, presence: home.presence, address };
        const hsm = await openHsm(home.open(address), surroundings);
        const [name, password] = ["admin", offerPassword("password")];
        const { session } = await hsm.logins.login({ type: "PRECO", name, password });
        await hsm.users.changePassword(session, { type: "PRECO", name, password: offerPassword("newpassword") });
        await hsm.logins.logout(session);
        await hsm.close();
      }
    });
  }
}
