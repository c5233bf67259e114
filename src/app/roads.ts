import { clock } from "../clock/clock.ts";
import { type Address, addressKey } from "../store/address.ts";
import type { Damages } from "./damages.ts";
import type { Hsm } from "../hsm/hsm.ts";
import type { Meeting, Road } from "../fleet/faults/road.ts";
import type { Home } from "../store/home.ts";

/** What a shell lets those know who hold its requests up. */
export interface Travelling {
  readonly home: Home;
  readonly damages: Damages;
  /** Waits that long, or less where somebody is called away. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Where the certificate of an HSM's owner is looked for; left out, nobody looks for it. */
  readonly ownerPath?: (address: Address) => string;
}

/**
 * The roads from a shell to its HSMs, on which faults are met that somebody set. Where nothing was ever set in a home,
 * a start looks for that and loads no more.
 */
export class Roads {
  /** The command that runs now; undefined outside commands. */
  command: string | undefined;
  readonly #travelling: Travelling;
  readonly #roads = new Map<string, Road>();

  constructor(travelling: Travelling) {
    this.#travelling = travelling;
  }

  /** What the connection to an HSM finds at the start. Throws StoreError. */
  async meet(address: Address): Promise<Meeting> {
    if ((await this.#travelling.home.records()) === undefined) return { kind: "connected", isEncrypted: true };
    return (await this.#road(address)).connect();
  }

  /** The HSM at an address, at the end of its road. Rejects with HsmError. */
  async open(address: Address): Promise<Hsm> {
    const { damages, home } = this.#travelling;
    const [{ openHsm }, { passing }, { passage, refusal }] = await Promise.all([
      import("../simulator/simulated-hsm.ts"),
      import("../hsm/passage.ts"),
      this.#road(address),
    ]);
    const storageFailed = damages.listenerOf(address);
    const { presence } = home;
    return passing(await openHsm(home.open(address), { clock, presence, address, refusal, storageFailed }), passage);
  }

  async #road({ hostname, port }: Address): Promise<Road> {
    const { damages, home, ownerPath, wait } = this.#travelling;
    const unencrypted =
      ownerPath === undefined
        ? undefined
        : async () => {
            const { unencryptedBy } = await import("./owner-certificate.ts");
            return unencryptedBy(home, { hostname, port }, ownerPath({ hostname, port }));
          };
    const { Road: NewRoad } = await import("../fleet/faults/road.ts");
    const key = addressKey({ hostname, port });
    const road =
      this.#roads.get(key) ??
      new NewRoad(
        home,
        { hostname, port },
        { command: () => this.command, wait, unencrypted, storageFailed: damages.listenerOf({ hostname, port }) },
      );
    this.#roads.set(key, road);
    return road;
  }
}
