import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";

/** A terminal is written in the background: what is too early comes so now and then only. */
const rounds = [1, 2, 3, 4, 5, 6];

const yaml =
  "clusters: [{ id: c, passwordCost: 10, users: [{ id: 1, type: CO, name: admin, password: co12345 }], " +
  "hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }] }]\n";

describe("at a terminal standard error says more only after all of the output", () => {
  test.each(rounds)("a server that cannot be reached (%i)", async () => {
    const folder = temporaryFolder();
    const config = join(folder, "lost.cfg");
    writeFileSync(config, '{"servers":[{"hostname":"nowhere"}]}');
    const terminal = new Terminal({ words: [config], home: join(folder, "home") }, { cols: 200 });
    expect(await terminal.end()).toBe(1);
    expect(terminal.output).toMatch(/hostname 'nowhere', port 2225\.\.\.\r\n.* failed:Connection timed out\r\n/);
  });

  test.each(rounds)("the command at which --bail ends (%i)", async () => {
    const folder = temporaryFolder();
    const config = join(folder, "cluster.yaml");
    writeFileSync(config, yaml);
    const terminal = new Terminal({ words: ["--bail", config], home: join(folder, "home") }, { cols: 200 });
    await terminal.expect("aws-cloudhsm>");
    terminal.send("loginHSM CO admin wrong123\r");
    expect(await terminal.end()).toBe(1);
    expect(terminal.output).toMatch(/failed on server 1\(h1\)\r\n.*ended the session \(--bail\)\r\n$/s);
  });
});
