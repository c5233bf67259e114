import { setTimeout as pause } from "node:timers/promises";
import { offerPassword } from "../../hsm/password-offer.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { shellLine } from "../../text/shell-line.ts";
import { Damages } from "../damages.ts";
import { complain } from "../process/standard-error.ts";
import { type Endless, untilEnded } from "../process/until-ended.ts";
import { Roads } from "../roads.ts";
import { vendorNamed } from "../vendor.ts";
import { askPassword } from "./ask-password.ts";
import { HeldLogin } from "./held-login.ts";
import { loginAsJson, placesOf, userOf } from "./login-forms.ts";
import { PresentHsms } from "./present-hsms.ts";
import { type HomeRequest, type RequestedHome, findHome } from "./requested-home.ts";
import { addressText } from "../../store/address.ts";

/** What is asked of `hold`. */
export interface HoldRequest extends HomeRequest {
  readonly type: string;
  readonly name: string;
  /** The only HSM to log in on: its hostname, `hostname:port` or id; undefined is all. */
  readonly hsm: string | undefined;
  readonly json: boolean;
}

/** Milliseconds between two looks whether the login is there still. */
const pace = 250;

/**
 * Logs in and stays so until Ctrl-C, a signal, or until the login was ended from elsewhere. Returns the exit status: 1 where
 * an HSM refused, or was not there.
 */
export function holdLogin(request: HoldRequest): Promise<number> {
  return untilEnded(async (endless) => {
    const visit = await findHome(request, endless.patience);
    return visit((requested) => hold(request, requested, endless));
  });
}

async function hold(request: HoldRequest, requested: RequestedHome, endless: Endless): Promise<number> {
  const { home } = requested;
  const { signal } = endless;
  const hsms = await PresentHsms.find(requested, request.hsm);
  if (hsms.addresses.length === 0) {
    complain(`there is no HSM to log in on in ${home.name}`);
    return 1;
  }
  const { password: question } = await vendorNamed(requested.configuration.dialect ?? "aws").dialect();
  const password = await askPassword(question, signal);
  if (password === undefined) {
    complain("no password was given: type it, or let it be the first line of standard input");
    return 1;
  }
  const roads = new Roads({
    home,
    damages: new Damages(home, complain),
    // Rejects when it is aborted: then nobody waits.
    wait: (milliseconds) => pause(milliseconds, undefined, { signal }).catch(() => undefined),
  });
  // A fault that is for this command meets the login as it would meet one of a shell.
  roads.command = "loginHSM";
  const credentials = { type: request.type, name: request.name, password: offerPassword(password) };
  const addresses = hsms.addresses.map((address) => ({ ...address, name: address.hostname }));
  const held = await HeldLogin.take(addresses, credentials, {
    home,
    open: (address) => roads.open(address),
    refused: (address, error) => {
      complain(`${addressText(address)} refuses the login: ${error.message}`);
    },
  });
  roads.command = undefined;
  if (held === undefined) return 1;
  const isEverywhere = held.login.places.length === addresses.length;
  try {
    tellOf(held, request, endless);
    await untilLost(held, request, endless);
  } finally {
    for (const [address, error] of await held.end()) {
      complain(`logging out at ${addressText(address)} failed: ${error.message}`);
    }
  }
  return isEverywhere ? hsms.status : 1;
}

function tellOf({ login }: HeldLogin, { json, home, config }: HoldRequest, { writer }: Endless): void {
  if (json) {
    writer.write(`${oneLine(loginAsJson(login))}\n`);
    return;
  }
  const where = [
    ...(home === undefined ? [] : ["--home", home]),
    ...(config === undefined ? [] : ["--config", config]),
  ];
  const lines = [
    `${userOf(login)} is logged in on ${placesOf(login.places)}`,
    `Ctrl-C ends it, and so does: ${shellLine(["cloudhsm-sim", "sessions", "end", login.id, ...where])}`,
  ];
  writer.write(lines.map((line) => `${printable(line)}\n`).join(""));
}

/** Resolves when it is to end, or the login is left nowhere. */
async function untilLost(held: HeldLogin, { json }: HoldRequest, { writer, signal }: Endless): Promise<void> {
  while (held.login.places.length > 0) {
    // Rejects when it is aborted, which is no failure here.
    await pause(pace, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const lost = await held.lost();
    if (lost.length > 0 && !json) {
      writer.write(`${printable(`${userOf(held.login)} is not logged in any more on ${placesOf(lost)}`)}\n`);
    }
  }
}
