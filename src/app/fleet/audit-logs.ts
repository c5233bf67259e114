import type { ServerEntry } from "../../config/configuration.ts";
import { EventFilter, type EventWish } from "../../fleet/event-filter.ts";
import type { Writer } from "../../terminal/writer.ts";
import { Turns } from "../process/turns.ts";
import { toOutput } from "../process/to-output.ts";
import { untilEnded } from "../process/until-ended.ts";
import { asJson, asText } from "./audit-log-forms.ts";
import { AuditRecords } from "./audit-records.ts";
import { chosenHsms } from "./chosen-hsms.ts";
import { OpenLogs } from "./open-logs.ts";
import { type HomeRequest, type RequestedHome, inRequestedHome } from "./requested-home.ts";

/** What is asked of the audit logs of HSMs. */
export interface AuditLogRequest extends HomeRequest, EventWish {
  /** The only HSM to be asked: its hostname, `hostname:port` or id; undefined is all. */
  readonly hsm: string | undefined;
  /** Whether to go on with what happens from now on. */
  readonly follow: boolean;
  readonly json: boolean;
}

/** Milliseconds between two looks at the logs of a home that tells of no changes. */
const pace = 250;

/** Where events go, and until when. */
interface Printing {
  readonly writer: Writer;
  readonly isOver: () => boolean;
  /** Waits until the logs are looked at again; undefined where they are looked at once. */
  readonly wait: (() => Promise<void>) | undefined;
}

/** Prints the events that are asked for, and returns the exit status: 1 where a log is damaged, lacks events, or is not there. */
export function printAuditLogs(request: AuditLogRequest): Promise<number> {
  if (!request.follow) {
    return toOutput(({ writer, isLost }) =>
      inRequestedHome(request, (requested) =>
        printAll(request, requested, { writer, isOver: isLost, wait: undefined }),
      ),
    );
  }
  return untilEnded(({ writer, signal, patience }) =>
    inRequestedHome(
      request,
      (requested) => {
        const isOver = (): boolean => signal.aborted;
        const wait = (): Promise<void> => requested.home.untilChanged(pace, signal);
        return printAll(request, requested, { writer, isOver, wait });
      },
      patience,
    ),
  );
}

async function printAll(request: AuditLogRequest, requested: RequestedHome, printing: Printing): Promise<number> {
  const chosen = await chosenHsms(requested, request.hsm);
  const logs = new OpenLogs(requested);
  if (chosen.length === 0) logs.complainOfNone();
  const records = new AuditRecords();
  const filter = new EventFilter(request);
  const wording = request.json ? asJson : asText(request.hsm === undefined || chosen.length > 1);
  const { writer, isOver, wait } = printing;
  const turns = new Turns();
  for (;;) {
    await logs.open(await present(request, requested, chosen));
    for await (const event of logs.events.rest()) {
      await turns.next();
      if (isOver()) break;
      if (!filter.accepts(event)) continue;
      writer.write(wording(event, await records.recordOf(event)));
      await writer.caughtUp();
    }
    if (wait === undefined) break;
    await wait();
    if (isOver()) break;
  }
  return logs.hasProblems ? 1 : 0;
}

/** Of a whole home, the HSMs that it has by now. */
async function present(
  { hsm }: AuditLogRequest,
  requested: RequestedHome,
  chosen: readonly ServerEntry[],
): Promise<readonly ServerEntry[]> {
  return hsm === undefined ? chosenHsms(requested, undefined) : chosen;
}
