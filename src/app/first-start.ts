import { clock } from "../clock/clock.ts";
import { commandNamed } from "./command-named.ts";
import { type Configuration, ConfigurationError, type HsmEntry, type PlacedFault } from "../config/configuration.ts";
import { Interrupted } from "../errors/interrupted.ts";
import { StateError } from "../errors/state-error.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { createHsms } from "../fleet/create-hsms.ts";
import type { Newcomer } from "../fleet/newcomer.ts";
import { Progress } from "../fleet/progress.ts";
import { vendorNamed } from "./vendor.ts";
import type { Home, HomeWords } from "../store/home.ts";
import { setPlannedFaults } from "../fleet/faults/planned-faults.ts";
import { StoreError } from "../store/store.ts";

/** Milliseconds after which a start that waits for another one says so. */
const patience = 1000;

/** Whom a first start tells what. */
export interface Listeners {
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** A line for everybody. */
  readonly tell: (text: string) => void;
  /** A line for a person at a terminal. */
  readonly notice: (text: string) => void;
}

/** What comes before creating, under the lock of the home. */
type Preparation = () => Promise<void>;

/**
 * Creates what the home does not hold yet, while no other shell does the same there. Apart from the session: what it
 * takes is loaded only then. Throws {@link Interrupted}, ConfigurationError, ProvisionError, StoreError.
 */
export async function createMissing(
  configuration: Configuration,
  home: Home,
  { signal, tell, notice }: Listeners,
  prepare: Preparation = () => Promise.resolve(),
): Promise<void> {
  await prepareHome(home);
  const clusters = await configuration.clusters();
  const dialect = configuration.dialect ?? "aws";
  const faults = withKnownCommands(await configuration.faults());
  let waits = false;
  const waited = (milliseconds: number): void => {
    if (waits || milliseconds < patience) return;
    waits = true;
    tell(`another shell is creating HSMs in ${home.name}: waiting for it`);
  };
  const progress = new Progress(signal);
  const display = new ProgressDisplay(progress, tell);
  const work = home.exclusively({ signal, waited }, async () => {
    await prepare();
    await setPlannedFaults(home, clusters, faults);
    display.begin();
    const creating = ({ id, hostname }: HsmEntry): void => {
      display.clear();
      notice(`creating ${id} at ${hostname}`);
    };
    const joined = (newcomer: Newcomer): void => {
      display.clear();
      for (const line of linesOf(newcomer, home.words)) tell(line);
    };
    await createHsms(clusters, { home, model: await vendorNamed(dialect).model(), clock, progress, creating, joined });
  });
  try {
    await unlessAborted(work, signal);
  } finally {
    display.end();
  }
}

/** Throws ConfigurationError for a command that no shell has. */
function withKnownCommands(faults: readonly PlacedFault[]): readonly PlacedFault[] {
  return faults.map((fault) => {
    const command = fault.command === undefined ? undefined : commandNamed(fault.command);
    if (command !== undefined || fault.command === undefined) return { ...fault, command };
    throw new ConfigurationError(`${fault.place}: command must be a command of the shell: help there lists them`);
  });
}

/** Throws ConfigurationError where it cannot hold HSMs, and StateError where that can be mended there. */
async function prepareHome(home: Home): Promise<void> {
  try {
    await home.prepare();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const reason = error.message.replace(`${home.name}: `, "");
    const what = `${home.name} cannot hold the HSMs (${reason})`;
    if (error.advice !== undefined) throw new StateError(`${what}: ${error.advice}`, { cause: error });
    throw new ConfigurationError(`${what}: name another ${home.words.home} with --home or CLOUDHSM_HOME`, {
      cause: error,
    });
  }
}

/** What goes on then ends with the process; whatever it has not completed, the next start does. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<void>((_, reject) => {
    const stop = (): void => {
      reject(new Interrupted("creating the HSMs was interrupted: the next start completes it"));
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });
  await Promise.race([work, aborted]);
}

/** Warns of what a new HSM lacks: it would be taken for one that is in sync with its cluster. */
function linesOf({ hsm, clusterId, living, since, lacks }: Newcomer, { place }: HomeWords): readonly string[] {
  const others = living.length === 1 ? `${living[0] ?? ""} has` : `${living.join(", ")} have`;
  const parts: readonly (readonly [what: string, members: readonly (string | number)[]])[] = [
    ["users", lacks.missingUsers],
    ["the current type of", lacks.otherTypes],
    ["the current password of", lacks.otherPasswords],
    ["the registered key of", lacks.missingQuorumKeys],
    ["keys", lacks.missingKeys],
  ];
  const lacking = parts.filter(([, members]) => members.length > 0).map(([what, members]) => `${what} ${few(members)}`);
  return [
    `WARNING: ${hsm.id} at ${hsm.hostname}:${String(hsm.port)} had no ${place} and was created anew from ${hsm.place}, ` +
      `while ${others} existed in ${clusterId} since ${since.toISOString()}`,
    lacking.length === 0
      ? `${hsm.id} lacks nothing that they have`
      : `${hsm.id} lacks what they have: ${lacking.join("; ")}. Copy them with syncUser and syncKey, or put a backup of its ${place} back`,
  ];
}

/** The first few; a fleet's users would fill the screen. */
function few(members: readonly (string | number)[]): string {
  const shown = 10;
  const more = members.length - shown;
  return members.slice(0, shown).join(", ") + (more > 0 ? ` and ${String(more)} more` : "");
}
