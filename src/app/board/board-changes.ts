import type { BoardChange } from "../../endpoint/board/change.ts";
import { destroyHsm } from "../../fleet/destroy-hsm.ts";
import { findHsm } from "../../fleet/find-hsm.ts";
import { startHsm, stopHsm } from "../../fleet/power.ts";
import { addressText } from "../../store/address.ts";
import { changing } from "../fleet/changing-home.ts";
import { checkIn, hintIn, resetIn, startIn } from "../fleet/drill-deeds.ts";
import { faultLine } from "../fleet/fault-forms.ts";
import { clearIn, readFault, setIn } from "../fleet/faults.ts";
import type { RequestedHome } from "../fleet/requested-home.ts";
import type { DrillFolder } from "../fleet/drill-folder.ts";

/** A change of a home. */
export type HomeChange = Extract<BoardChange, { readonly home: string }>;

/** A change of a drill. */
export type DrillChange = Extract<BoardChange, { readonly drill: string }>;

/** Changes a home, and says what was done. Throws ProgramError. */
export async function changeHome(change: HomeChange, requested: RequestedHome): Promise<string> {
  const entry = change.name === "add-fault" ? readFault({ from: 1, ...entryOf(change) }) : undefined;
  const { home } = requested;
  return changing(home, async () => {
    switch (change.name) {
      case "stop":
      case "start": {
        const hsm = await findHsm(home, change.hsm);
        await (change.name === "stop" ? stopHsm(home, hsm) : startHsm(home, hsm));
        return `${hsm.hsmId} at ${addressText(hsm)} is ${change.name === "stop" ? "stopped" : "up"}`;
      }
      case "destroy": {
        const hsm = await destroyHsm(home, change.hsm);
        return `${hsm.hsmId} at ${addressText(hsm)} is destroyed, and no start creates it anew`;
      }
      case "add-fault": {
        const fault = await setIn(requested, entry ?? { from: 1, ...entryOf(change) });
        return `fault ${String(fault.id)} is set: ${faultLine(fault)}`;
      }
      case "clear-fault": {
        const cleared = await clearIn(home, change.id);
        return cleared.map((fault) => `fault ${String(fault.id)} is cleared: ${faultLine(fault)}`).join("; ");
      }
    }
  });
}

/** Does something to a drill, and says what was done. Throws ProgramError. */
export async function changeDrill({ name, drill }: DrillChange, folder: DrillFolder): Promise<string> {
  switch (name) {
    case "start-drill":
      await startIn(folder, drill);
      return `${drill} is started in ${folder.name}`;
    case "reset-drill":
      await resetIn(folder);
      return `${drill} is begun anew in ${folder.name}`;
    case "check-drill": {
      const { checked } = await checkIn(folder);
      const met = checked.filter(({ shortfalls }) => shortfalls.length === 0).length;
      return met === checked.length
        ? `${drill} is mastered: all goals are met`
        : `${drill} is not mastered yet: ${String(met)} of ${String(checked.length)} goals are met`;
    }
    case "hint-drill": {
      const { hint } = await hintIn(folder);
      return hint === undefined ? `${drill} has no other hint` : `a hint: ${hint.trimEnd()}`;
    }
  }
}

function entryOf({
  hsm,
  kind,
  command,
  times,
  milliseconds,
  code,
}: Extract<HomeChange, { readonly name: "add-fault" }>) {
  return { hsm, kind, command, times, milliseconds, code };
}
