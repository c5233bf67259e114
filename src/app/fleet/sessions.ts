import { isatty } from "node:tty";
import { clock } from "../../clock/clock.ts";
import { StateError } from "../../errors/state-error.ts";
import { type FleetLogin, endLogins, loginsIn } from "../../fleet/logins.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { toOutput } from "../process/to-output.ts";
import { loginAsJson, loginsAsTable, loginsAsText, placesOf, userOf } from "./login-forms.ts";
import { paintFor } from "./paint.ts";
import { PresentHsms } from "./present-hsms.ts";
import { type HomeRequest, inRequestedHome } from "./requested-home.ts";

/** What is asked of the logins of a home. */
export interface SessionsRequest extends HomeRequest {
  /** The only HSM that it is about: its hostname, `hostname:port` or id; undefined is all. */
  readonly hsm: string | undefined;
  readonly json: boolean;
}

/** Prints who is logged in where, and returns the exit status: 1 where an HSM cannot be asked. */
export function printSessions(request: SessionsRequest): Promise<number> {
  return toOutput(({ writer }) =>
    inRequestedHome(request, async (requested) => {
      const hsms = await PresentHsms.find(requested, request.hsm);
      const logins = await loginsIn(requested.home, hsms.addresses, hsms.failed);
      writer.write((await linesOf(request, logins)).map((line) => `${line}\n`).join(""));
      return hsms.status;
    }),
  );
}

async function linesOf({ json }: SessionsRequest, logins: readonly FleetLogin[]): Promise<readonly string[]> {
  if (json) return [oneLine({ sessions: logins.map(loginAsJson) })];
  return isatty(1) ? loginsAsTable(logins, await paintFor(true)) : loginsAsText(logins);
}

/** Ends a login, says where, and returns the exit status: 1 where there is none with that id, or an HSM cannot be asked. */
export function endSession(request: SessionsRequest, id: string): Promise<number> {
  return toOutput(({ writer }) =>
    inRequestedHome(request, async (requested) => {
      const { home } = requested;
      const hsms = await PresentHsms.find(requested, request.hsm);
      const login = (await loginsIn(home, hsms.addresses, hsms.failed)).find((each) => each.id === id.toLowerCase());
      if (login === undefined) {
        throw new StateError(
          `there is no session ${JSON.stringify(id)}: cloudhsm-sim sessions lists those that there are`,
        );
      }
      const places = await endLogins(home, login, clock, hsms.failed);
      const told = request.json
        ? oneLine({ ended: loginAsJson({ ...login, places }) })
        : printable(`the login of ${userOf(login)} is ended on ${places.length === 0 ? "no HSM" : placesOf(places)}`);
      writer.write(`${told}\n`);
      return places.length === 0 ? 1 : hsms.status;
    }),
  );
}
