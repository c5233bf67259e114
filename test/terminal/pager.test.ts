import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shipped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

/** What less does: takes the terminal before anything comes, shows a line, gives it back and reads no more. */
const pager = (ready: string) =>
  `{ found=$(stty -g </dev/tty); stty -icanon -echo </dev/tty; : >${ready}; head -n 1 >/dev/null; ` +
  `stty $found </dev/tty; echo paged >/dev/tty; }`;

/** Far more than a pipe holds: written when the pager has gone. */
const much = Array<string>(3000).fill("listUsers\n").join("");

describe("a pager that has ended leaves the terminal as it found it, where our input is", () => {
  test.each([
    ["a script", (script: string) => ["--file", script], "", ""],
    ["standard input", () => [], (script: string) => `<${script}`, ""],
    ["the terminal", () => [], "", "listUsers\r".repeat(60)],
  ])("%s", async (_name, options, input, typed) => {
    const home = temporaryFolder();
    const ready = join(home, "ready");
    const script = join(home, "script");
    writeFileSync(script, much);
    const from = typeof input === "string" ? input : input(script);
    const paged = `{ while [ ! -e ${ready} ]; do :; done; "$@" ${from}; } | ${pager(ready)}`;
    const modes = "echo modes $(stty -g)";
    const words = [...options(script), shipped("cluster.yaml")];
    const terminal = new Terminal({ words, home }, { below: `${modes}; ${paged}; ${modes}; echo over` });
    await terminal.expect("paged");
    terminal.send(typed);
    await terminal.expect("over\r\n");
    const [before, after] = Array.from(terminal.output.matchAll(/modes (\S+)\r$/gm), ([, each]) => each);
    expect(before).toBeDefined();
    expect(after).toBe(before);
  });
});
