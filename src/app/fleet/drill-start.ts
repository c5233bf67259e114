import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ServerEntry } from "../../config/configuration.ts";
import type { Drill } from "../../config/drill.ts";
import { isServerHome } from "../../config/home.ts";
import { StateError } from "../../errors/state-error.ts";
import { baselineOf } from "../../fleet/drills/baseline.ts";
import { resetHome } from "../../fleet/reset-home.ts";
import { drillOf, keepDrill } from "../../fleet/drills/drill-record.ts";
import type { Home } from "../../store/home.ts";
import { placeAt } from "../../store/place.ts";
import { createMissing } from "../first-start.ts";
import { openHome } from "../home/open-home.ts";
import { complain, notice } from "../process/standard-error.ts";
import { changing } from "./changing-home.ts";
import type { DrillFolder } from "./drill-folder.ts";
import { endLogins, holdLogins } from "./drill-logins.ts";

/** Milliseconds that a process whose login was ended may take to close its HSMs. */
const farewell = 2000;

/**
 * Makes the bad state of a drill, and notes how all began. Throws ConfigurationError, ProvisionError, StoreError, StateError
 * where a login of the drill fails.
 */
export async function beginDrill(folder: DrillFolder, drill: Drill): Promise<void> {
  const { configuration } = drill;
  await inHome(folder, async (home) => {
    if (isServerHome(folder.home)) await requireNoOtherDrill(home);
    await requireNoOthers(folder, home, configuration.servers);
    await folder.prepare(drill);
    const { signal } = new AbortController();
    await createMissing(configuration, home, { signal, tell: complain, notice });
    await holdLogins(folder, home, drill);
    const secret = randomBytes(32);
    const baseline = await baselineOf(home, secret);
    const record = { started: Date.now(), hints: 0, secret: secret.toString("base64"), baseline };
    await changing(home, () => keepDrill(home, record));
  });
}

/** What others rehearse in a database is not begun anew from another folder. Throws StateError. */
async function requireNoOtherDrill(home: Home): Promise<void> {
  if ((await drillOf(home)) === undefined) return;
  throw new StateError(
    `a drill is under way in ${home.name}: name another schema with --home, or end it with cloudhsm-sim reset`,
  );
}

/** A start that was cut off left HSMs of its own, which the next one completes. Throws StateError for any others. */
async function requireNoOthers(folder: DrillFolder, home: Home, servers: readonly ServerEntry[]): Promise<void> {
  const places = new Map(servers.flatMap((server) => (server.hsm ? [[home.placeOf(server), server.hsm.id]] : [])));
  for (const address of await home.list()) {
    const id = places.get(home.placeOf(address));
    const found = await placeAt(home, address);
    if (id !== undefined && found.kind === "hsm" && found.mark === home.markOf(id)) continue;
    const another = isServerHome(folder.home) ? "schema with --home" : "folder with --dir";
    throw new StateError(`${folder.home} holds HSMs that are not of this drill: name another ${another}`);
  }
}

/** Deletes the HSMs of a drill, with what was done to them; its logins end before that. Throws StateError while a shell has one open. */
export async function emptyDrill(folder: DrillFolder): Promise<void> {
  await inHome(folder, async (home) => {
    const grace = (await endLogins(folder, home)) ? farewell : 0;
    await changing(home, () => resetWithin(grace, home));
  });
}

/** Resets a home that is being left: it is tried for that many milliseconds. Throws StateError, StoreError. */
async function resetWithin(milliseconds: number, home: Home): Promise<void> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      await resetHome(home);
      return;
    } catch (error) {
      if (!(error instanceof StateError) || Date.now() >= end) throw error;
    }
    await pause(50);
  }
}

async function inHome<T>({ home: name }: DrillFolder, work: (home: Home) => Promise<T>): Promise<T> {
  const home = await openHome(name);
  try {
    return await work(home);
  } finally {
    await home.close();
  }
}
