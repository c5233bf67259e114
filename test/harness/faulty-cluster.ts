import { Road } from "../../src/fleet/faults/road.ts";
import { setFault } from "../../src/fleet/faults/set-fault.ts";
import type { FaultEntry } from "../../src/config/fault-entry.ts";
import type { RequestName } from "../../src/hsm/requests.ts";
import { passing } from "../../src/hsm/passage.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Address } from "../../src/store/address.ts";
import type { Home } from "../../src/store/home.ts";
import { startOfTime } from "./backups.ts";
import { offeredOf } from "../../src/command/offer.ts";
import type { Dialect } from "../../src/command/wording.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { ScriptedShell } from "./scripted-shell.ts";

/** A shell in this process on HSMs of a home, over the roads on which faults are met. */
export class FaultyShell {
  readonly shell: ScriptedShell;
  readonly roads: readonly Road[];
  /** The milliseconds that its requests were delayed by so far. */
  delayed = 0;
  #command: string | undefined;

  /**
   * @param met hears of each request that is made
   * @param dialect whose shell it is
   * @param clock what time it is for the HSMs, in microseconds since 1970
   */
  constructor(
    home: Home,
    addresses: readonly Address[],
    met: (name: RequestName) => void = () => undefined,
    dialect: Dialect = aws,
    clock: () => number = () => startOfTime,
  ) {
    const traveller = {
      command: () => this.#command,
      wait: (milliseconds: number) => {
        this.delayed += milliseconds;
        return Promise.resolve();
      },
    };
    this.roads = addresses.map((address) => new Road(home, address, traveller));
    const reachable = this.roads.map(({ address, passage, refusal }) => ({
      connect: async () => {
        const surroundings = { clock, presence: home.presence, address, refusal };
        const hsm = passing(await openHsm(home.open(address), surroundings), passage);
        const heard = passing(hsm, ({ name, given }, carryOut) => {
          met(name);
          return carryOut(given);
        });
        return { hsm: heard };
      },
    }));
    const running = (command: string | undefined): void => {
      this.#command = command;
    };
    this.shell = new ScriptedShell(reachable, offeredOf(dialect.offer, declared), false, running, dialect);
  }
}

/** Sets a fault in a home, for all its HSMs or the one at an address. */
export function set(home: Home, fault: Partial<FaultEntry> & Pick<FaultEntry, "kind">, address?: Address) {
  return setFault(home, { hsm: "all", from: 1, ...fault }, address);
}
