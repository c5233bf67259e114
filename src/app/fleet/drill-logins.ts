import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Drill, DrillLogin } from "../../config/drill.ts";
import { isServerHome } from "../../config/home.ts";
import { StateError } from "../../errors/state-error.ts";
import { hsmsNotUp, notUpAt } from "../../fleet/hsm-states.ts";
import { type FleetLogin, loginsIn } from "../../fleet/logins.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { type Holder, readHolders } from "./drill-holders.ts";
import type { DrillFolder } from "./drill-folder.ts";

/** Milliseconds that a login may take, and the end of one. */
const patience = 10_000;

/** Milliseconds between two looks. */
const pace = 50;

/**
 * Has the users of a drill logged in on all its HSMs that are up, by `cloudhsm-sim hold` in processes that outlive this one.
 * Throws {@link StateError} where one of them is not within 10 seconds: then none is.
 */
export async function holdLogins(folder: DrillFolder, home: Home, drill: Drill): Promise<void> {
  const place = { home: folder.home, configuration: folder.configurationOf(drill) };
  const holders: Holder[] = [];
  for (const login of drill.logins) {
    try {
      holders.push(await holdLogin(place, home, login, holders));
      await folder.keepHolders(JSON.stringify(holders));
    } catch (error) {
      await endHolders(home, holders);
      throw error;
    }
  }
}

/**
 * Ends what {@link holdLogins} began, and returns whether anything was left of it: the process may have its HSMs open for a
 * moment still. Throws {@link StateError} where a login does not end within 10 seconds.
 */
export async function endLogins(folder: DrillFolder, home: Home): Promise<boolean> {
  if (!existsSync(folder.holders)) return false;
  return endHolders(home, readHolders(folder.holders, readFileSync(folder.holders, "utf8")));
}

async function endHolders(home: Home, holders: readonly Holder[]): Promise<boolean> {
  let ended = false;
  for (const { pid, shell } of holders) {
    // By then its number may be that of another process.
    if (!(await home.presence.isAlive(shell))) continue;
    terminate(pid);
    ended = true;
    if (!(await becomes(async () => !(await home.presence.isAlive(shell))))) {
      throw new StateError(`process ${String(pid)} still holds a login of the drill: end it with kill ${String(pid)}`);
    }
  }
  return ended;
}

async function holdLogin(
  place: { readonly home: string; readonly configuration: string },
  home: Home,
  { type, name, password }: DrillLogin,
  others: readonly Holder[],
): Promise<Holder> {
  const program = process.argv[1] ?? "";
  const words = [
    "hold",
    type,
    name,
    "--home",
    isServerHome(place.home) ? place.home : resolve(place.home),
    "--config",
    resolve(place.configuration),
  ];
  const child = spawn(process.execPath, [program, ...words], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // One that ends early does not read its password: that it is not logged in is told below.
  child.stdin.on("error", () => undefined);
  child.stdin.end(`${password}\n`);
  child.unref();
  await once(child, "spawn");
  const addresses = await hsmsThatAreUp(home);
  let found: FleetLogin | undefined;
  await becomes(async () => {
    const logins = await loginsIn(home, addresses, () => undefined);
    found = logins.find(
      (login) =>
        login.type === type &&
        login.name.toLowerCase() === name.toLowerCase() &&
        login.places.length === addresses.length &&
        !others.some(({ shell }) => shell === login.shell),
    );
    return found !== undefined || child.exitCode !== null;
  });
  if (found !== undefined && child.pid !== undefined) return { pid: child.pid, shell: found.shell };
  child.kill();
  throw new StateError(
    `${name} (${type}) did not get logged in on all HSMs: correct the users, logins or faults of the drill's file, ` +
      "and start it in a new folder (--dir)",
  );
}

/** A login is refused where an HSM is stopped. */
async function hsmsThatAreUp(home: Home): Promise<readonly Address[]> {
  const notUp = await hsmsNotUp(home);
  return (await home.list()).filter((address) => notUpAt(notUp, address) === undefined);
}

/** One that has just ended by itself needs no signal. */
function terminate(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Whether something becomes so, within {@link patience}. */
async function becomes(isSo: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (await isSo()) return true;
    await pause(pace);
  }
  return false;
}
