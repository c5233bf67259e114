import { type Configuration, namesHsm } from "../../config/configuration.ts";
import { type FaultEntry, faultProblem } from "../../config/fault-entry.ts";
import { commandNamed } from "../command-named.ts";
import { findHsm } from "../../fleet/find-hsm.ts";
import { StateError } from "../../errors/state-error.ts";
import { endFaults, faultsOf, setFault } from "../../fleet/faults/set-fault.ts";
import type { SetFault } from "../../fleet/faults/fault.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { changingHome } from "./changing-home.ts";
import { faultAsJson, faultLine, faultsAsText } from "./fault-forms.ts";
import { printLines } from "./print-lines.ts";
import { type FormRequest, type RequestedHome, inRequestedHome } from "./requested-home.ts";
import { WordsError } from "./words-error.ts";
import { oneLine } from "../../text/json.ts";

/** Sets a fault, says which, and returns the exit status. */
export function addFault(request: FormRequest, described: FaultEntry): Promise<number> {
  return printLines(async () => {
    const entry = readFault(described);
    return changingHome(request, async (requested) => {
      const fault = await setIn(requested, entry);
      return request.json ? [oneLine(faultAsJson(fault))] : [`fault ${String(fault.id)} is set: ${faultLine(fault)}`];
    });
  });
}

/** A fault as it can be set. Throws {@link WordsError} for one that makes no sense. */
export function readFault(described: FaultEntry): FaultEntry {
  const entry = { ...described, command: knownCommand(described.command) };
  const problem = faultProblem(entry);
  if (problem !== undefined) throw new WordsError(`the fault ${problem}`);
  return entry;
}

/** Sets a fault. To be called under the lock of the home. Throws StateError where there is no such HSM, StoreError. */
export async function setIn(
  { home, configuration }: Pick<RequestedHome, "home" | "configuration">,
  entry: FaultEntry,
): Promise<SetFault> {
  return setFault(home, entry, await addressOf(entry.hsm, home, configuration));
}

/** Prints the faults that are set, and returns the exit status. */
export function listFaults(request: FormRequest): Promise<number> {
  return printLines(() =>
    inRequestedHome(request, async ({ home }) => {
      const faults = await faultsOf(home);
      return request.json ? [oneLine({ faults: faults.map(faultAsJson) })] : faultsAsText(faults);
    }),
  );
}

/**
 * Clears faults, and returns the exit status.
 *
 * @param id of the fault; undefined is all
 */
export function clearFault(request: FormRequest, id: number | undefined): Promise<number> {
  return printLines(() =>
    changingHome(request, async ({ home }) => {
      const cleared = await clearIn(home, id);
      if (request.json) return [oneLine({ cleared: cleared.map((fault) => fault.id) })];
      return cleared.length === 0
        ? ["no fault is set"]
        : cleared.map((fault) => `fault ${String(fault.id)} is cleared: ${faultLine(fault)}`);
    }),
  );
}

/** Clears the fault with an id, or all, and returns them. To be called under the lock of the home. Throws {@link StateError}. */
export async function clearIn(home: Home, id: number | undefined): Promise<readonly SetFault[]> {
  const faults = await faultsOf(home);
  const cleared = id === undefined ? faults : faults.filter((fault) => fault.id === id);
  if (id !== undefined && cleared.length === 0) {
    const ids = faults.map((fault) => String(fault.id)).join(", ");
    throw new StateError(`no fault ${String(id)} is set: ${ids === "" ? "there is none" : `there are ${ids}`}`);
  }
  await endFaults(
    home,
    cleared.map((fault) => fault.id),
  );
  return cleared;
}

/** Where the HSM is that a word names, which may be in the configuration only so far; undefined for all of them. */
async function addressOf(
  word: string | undefined,
  home: Home,
  { servers }: Configuration,
): Promise<Address | undefined> {
  if (word === undefined || word === "all") return undefined;
  const planned = servers.find((server) => namesHsm(word, { ...server, id: server.hsm?.id ?? "" }));
  return planned ?? findHsm(home, word);
}

/** Throws {@link WordsError} for a command that no shell has. */
function knownCommand(word: string | undefined): string | undefined {
  const name = word === undefined ? undefined : commandNamed(word);
  if (word !== undefined && name === undefined)
    throw new WordsError(`there is no command ${word}: help in the shell lists them`);
  return name;
}
