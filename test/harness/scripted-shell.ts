import { Cluster } from "../../src/cluster/cluster.ts";
import { commands } from "../../src/commands/table.ts";
import { aws } from "../../src/dialect/aws.ts";
import { History } from "../../src/shell/history.ts";
import type { Answer, LineReader } from "../../src/shell/line-reader.ts";
import { Shell } from "../../src/shell/shell.ts";
import type { TestedHsm } from "./tested-hsm.ts";

/** The shell in this process, over HSMs in memory: for tests of many sessions. */
export class ScriptedShell {
  readonly #cluster: Cluster;

  constructor(hsms: readonly TestedHsm[]) {
    const addresses = hsms.map((_, at) => ({ name: `hsm${String(at)}`, hostname: `hsm${String(at)}`, port: 2225 }));
    this.#cluster = new Cluster(addresses, async ({ name }) => {
      const hsm = hsms[Number(name.slice("hsm".length))];
      if (hsm === undefined) throw new Error(`no HSM at ${name}`);
      return (await hsm.connect()).hsm;
    });
  }

  /** Types lines, answers included; gives all that is written, prompts included, up to the prompt that follows. */
  async type(...lines: readonly string[]): Promise<string> {
    let written = "";
    const left = [...lines];
    let ended = false;
    const reader: LineReader = {
      read: (prompt): Promise<Answer> => {
        const text = left.shift();
        if (text === undefined) ended = true;
        else written += prompt;
        return Promise.resolve(text === undefined ? { kind: "end" } : { kind: "line", text });
      },
      hangUp: () => undefined,
      close: () => undefined,
    };
    const print = (...printed: readonly string[]): void => {
      // The end of the lines is no `quit`: the session goes on with the next ones.
      if (!ended) written += printed.map((line) => `${line}\n`).join("");
    };
    const output = { print, hint: print };
    const history = new History(undefined);
    const cluster = this.#cluster;
    await new Shell({
      cluster,
      commands,
      dialect: aws,
      reader,
      output,
      history,
      bail: false,
      pause: () => Promise.resolve(),
      hungUp: () => false,
    }).run();
    return written;
  }
}
