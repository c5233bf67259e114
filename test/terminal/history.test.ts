import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Terminal } from "../harness/terminal.ts";
import { start, login, keys, session, infoAnswer } from "./typing.ts";

describe("the history", () => {
  test("is walked with Up and Down, and kept for the next session", async () => {
    const at = start();
    const first = await session({}, at);
    first.send("info server 0\rinfo server 1\rquit\r");
    expect(await first.end()).toBe(0);
    const next = await session({}, at);
    next.send(`${keys.up.repeat(3)}\r`);
    await next.expect(infoAnswer);
    await next.expect("aws-cloudhsm>");
    next.send(`${keys.up.repeat(2)}${keys.down}\r`);
    await next.expect(infoAnswer);
  });

  test("holds no line with a password and no answer, in memory or on disk", async () => {
    const at = start();
    const terminal = await session({}, at);
    terminal.send(`info server 0\r${login}loginHSM CO admin -hpswd\rco12345\r`);
    terminal.send("createUser CU dave dave12345\ry\rchangePswd CU dave -hpswd\rhidden6789\rhidden6789\ry\r");
    await terminal.expect("changePswd success on server 2(10.0.1.12)\r\naws-cloudhsm>");
    const history = readFileSync(join(at.home, "state", "cloudhsm_mgmt_util", "history"), "utf8");
    expect(history).toBe("info server 0\nloginHSM CO admin -hpswd\nchangePswd CU dave -hpswd\n");
    terminal.send(`${keys.up.repeat(3)}\r`);
    await terminal.expect("Logged in as 'admin(CO)'");
    await terminal.expect("aws-cloudhsm>");
    // The answers were never shown, nor can Up bring them back at a hidden password.
    terminal.send(`loginHSM CO admin -hpswd\r${keys.up.repeat(2)}co12345\r`);
    await terminal.expect("loginHSM success on server 2");
    expect(terminal.output).not.toContain("hidden6789");
  });

  test("holds lines that failed, to be mended, but none in which a password may stand", async () => {
    const at = start();
    const terminal = await session({}, at);
    terminal.send("syncUser 6 1\rsyncKey 8\rcreatUser CU dave dave12345\rcreateUser dave dave12345\r");
    terminal.send("createUser CU dave my dave12345\rcreateUser CU\rserver 9\rloginHSM CO admin -2fa file\r");
    await terminal.expect("loginHSM: missing <password |-hpswd>");
    await terminal.expect("aws-cloudhsm>");
    const history = readFileSync(join(at.home, "state", "cloudhsm_mgmt_util", "history"), "utf8");
    expect(history).toBe("syncUser 6 1\nserver 9\n");
  });

  test("brings a login that failed back without its password, the cursor where it belongs", async () => {
    const at = start();
    const terminal = await session({}, at);
    terminal.send("loginHSM CO admin wr0ngpass\r");
    await terminal.expect("loginHSM failed");
    await terminal.expect("aws-cloudhsm>");
    terminal.send(`${keys.up}co12345\r`);
    await terminal.expect("loginHSM success on server 2(10.0.1.12)\r\naws-cloudhsm>");
    const history = readFileSync(join(at.home, "state", "cloudhsm_mgmt_util", "history"), "utf8");
    expect(history).toBe("loginHSM CO admin \n");
    terminal.send("quit\r");
    expect(await terminal.end()).toBe(0);
    // The next session knows it, too.
    const next = await session({}, at);
    next.send(`${keys.up.repeat(2)}co12345\r`);
    await next.expect("loginHSM success on server 2");
  });

  test("is not written by a session on a pipe", async () => {
    const at = start();
    const terminal = new Terminal(at, { below: `printf 'info server 0\\n' | "$@"` });
    expect(await terminal.end()).toBe(0);
    expect(existsSync(join(at.home, "state", "cloudhsm_mgmt_util", "history"))).toBe(false);
  });
});
