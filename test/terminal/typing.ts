import { shipped, temporaryFolder } from "../harness/program.ts";
import { type Place, Terminal } from "../harness/terminal.ts";

/** The bundled cluster in a home of its own. */
export const start = () => ({ words: [shipped("cluster.yaml")], home: temporaryFolder() });

/** What logs in everywhere. */
export const login = "loginHSM CO admin co12345\r";

/** Keys as a terminal sends them. */
export const keys = {
  tab: "\t",
  backspace: "\u007f",
  escape: "\u001b",
  left: "\u001b[D",
  right: "\u001b[C",
  up: "\u001b[A",
  down: "\u001b[B",
  home: "\u001b[H",
  end: "\u001b[F",
  delete: "\u001b[3~",
  controlA: "\u0001",
  controlC: "\u0003",
  controlD: "\u0004",
  controlE: "\u0005",
  controlG: "\u0007",
  controlK: "\u000b",
  controlN: "\u000e",
  controlP: "\u0010",
  controlR: "\u0012",
  controlU: "\u0015",
  controlW: "\u0017",
  controlZ: "\u001a",
} as const;

/** A session that waits at its first prompt. */
export async function session(place: Place = {}, at = start()): Promise<Terminal> {
  const terminal = new Terminal(at, place);
  await terminal.expect("E2E enabled on server 2(10.0.1.12)\r\naws-cloudhsm>");
  return terminal;
}

/** What only this command answers. */
export const infoAnswer = "\thsm-udw0tkfg1ab\t Not logged in\r\n";
