import { isatty } from "node:tty";
import { isOver } from "../../fleet/faults/fault.ts";
import { faultsOf } from "../../fleet/faults/set-fault.ts";
import { statusOf } from "../../fleet/status.ts";
import { toOutput } from "../process/to-output.ts";
import { untilEnded } from "../process/until-ended.ts";
import { paintFor } from "./paint.ts";
import { type HomeRequest, type RequestedHome, findHome } from "./requested-home.ts";
import { statusAsJson, statusAsText } from "./status-forms.ts";
import { statusAsTable } from "./status-table.ts";
import { type Picture, keepShowing, show } from "./watch.ts";

/** Milliseconds between two pictures, of a home that tells of no changes. */
const pace = 1000;

/** What is asked of `status`. */
export interface StatusRequest extends HomeRequest {
  readonly json: boolean;
  /** Whether to go on showing it. */
  readonly watch: boolean;
}

/** Prints what a home holds, and returns the exit status: 1 where something is there that is no HSM in order. */
export function printStatus(request: StatusRequest): Promise<number> {
  if (request.watch) {
    return untilEnded(async ({ writer, signal, patience }) => {
      const visit = await findHome(request, patience);
      const draw = (): Promise<Picture> => visit((requested) => pictureOf(request, requested));
      return visit(({ home }) =>
        keepShowing(writer, { signal, untilChanged: () => home.untilChanged(pace, signal) }, draw),
      );
    });
  }
  return toOutput(async ({ writer }) => {
    const visit = await findHome(request);
    return show(writer, await visit((requested) => pictureOf(request, requested)));
  });
}

async function pictureOf({ json }: StatusRequest, { home, configuration, isNamed }: RequestedHome): Promise<Picture> {
  const faults = (await faultsOf(home)).filter((fault) => !isOver(fault, Date.now()));
  const status = { ...(await statusOf(home, isNamed ? configuration.servers : [])), faults };
  const exit = status.unusable.length === 0 ? 0 : 1;
  if (json) return { lines: [statusAsJson(status, home)], status: exit };
  if (!isatty(1)) return { lines: statusAsText(status, home), status: exit };
  return { lines: statusAsTable(status, home, await paintFor(true)), status: exit };
}
