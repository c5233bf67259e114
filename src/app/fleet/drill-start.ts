import { randomBytes } from "node:crypto";
import type { Drill } from "../../config/drill.ts";
import { StateError } from "../../errors/state-error.ts";
import { baselineOf } from "../../fleet/drills/baseline.ts";
import { keepDrill } from "../../fleet/drills/drill-record.ts";
import { endFaults, faultsOf } from "../../fleet/faults/set-fault.ts";
import { addressText } from "../../fleet/find-hsm.ts";
import { forgetStates, hsmsNotUp } from "../../fleet/hsm-states.ts";
import type { HeldHsm, Home } from "../../store/home.ts";
import { StoreError } from "../../store/store.ts";
import { createMissing } from "../first-start.ts";
import { openHome } from "../home/open-home.ts";
import { complain, notice } from "../process/standard-error.ts";
import type { DrillFolder } from "./drill-folder.ts";

/** Makes the bad state of a drill, and notes how all began. Throws ConfigurationError, ProvisionError, StoreError. */
export async function beginDrill(folder: DrillFolder, { configuration }: Drill): Promise<void> {
  await folder.prepare(configuration.servers);
  await inHome(folder, async (home) => {
    const { signal } = new AbortController();
    await createMissing(configuration, home, { signal, tell: complain, notice }, () => Promise.resolve());
    const secret = randomBytes(32);
    const baseline = await baselineOf(home, secret);
    const record = { started: Date.now(), hints: 0, secret: secret.toString("base64"), baseline };
    await home.exclusively({ signal, waited: () => undefined }, () => keepDrill(home, record));
  });
}

/** Deletes the HSMs of a drill, with what was done to them. Throws {@link StateError} while a shell has one open. */
export async function emptyDrill(folder: DrillFolder): Promise<void> {
  await inHome(folder, async (home) => {
    await home.prepare();
    await home.exclusively({ signal: new AbortController().signal, waited: () => undefined }, async () => {
      await deleteAll(home);
      await forgetStates(
        home,
        (await hsmsNotUp(home)).map(({ hsmId }) => hsmId),
      );
      await endFaults(
        home,
        (await faultsOf(home)).map(({ id }) => id),
      );
    });
  });
}

async function deleteAll(home: Home): Promise<void> {
  const held: HeldHsm[] = [];
  try {
    for (const address of await home.list()) {
      try {
        held.push(await home.hold(address));
      } catch (error) {
        if (!(error instanceof StoreError) || error.failure !== "busy") throw error;
        throw new StateError(`a shell has ${addressText(address)} open: quit it, then reset the drill`, {
          cause: error,
        });
      }
    }
    for (const hsm of held) await hsm.delete();
  } finally {
    for (const hsm of held) await hsm.release();
  }
}

async function inHome<T>({ home: name }: DrillFolder, work: (home: Home) => Promise<T>): Promise<T> {
  const home = openHome(name);
  try {
    return await work(home);
  } finally {
    await home.close();
  }
}
