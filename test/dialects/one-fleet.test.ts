import { join } from "node:path";
import { expect, test } from "vitest";
import { offeredOf } from "../../src/command/offer.ts";
import type { Dialect } from "../../src/command/wording.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { alibaba } from "../../src/dialects/alibaba/alibaba.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { azure } from "../../src/dialects/azure/azure.ts";
import { oracle } from "../../src/dialects/oracle/oracle.ts";
import { cluster, key, user } from "../harness/backups.ts";
import { lines, runPiped, shipped, temporaryFolder } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { Terminal } from "../harness/terminal.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const secret = "password-of-all";
const vendors: readonly (readonly [string, Dialect])[] = Object.entries({ aws, azure, oracle, alibaba });
const pairs = vendors.flatMap(([one, first]) =>
  vendors.flatMap(([other, second]) => (one === other ? [] : [{ one, first, other, second }])),
);

function shellOn(hsms: readonly TestedHsm[], dialect: Dialect) {
  const shell = new ScriptedShell(hsms, offeredOf(dialect.offer, declared), false, undefined, dialect);
  const answer = (question: string): string => {
    if (/password/i.test(question)) return secret;
    // What fails is gone past: the comparison tells of it.
    return question.includes("y/n") ? "y" : "I";
  };
  // Oracle's asks for every password, and takes none on the line.
  return (line: string): Promise<string> =>
    shell.command(dialect === oracle ? line.replace(` ${secret}`, "") : line, answer);
}

/** Users by server, and what else a server says of each: ids, types and names, however columns lie. */
function usersIn(printed: string): readonly string[] {
  return Array.from(printed.matchAll(/^\s+(\d+)\s+(\w+)\s+([\w-]+)\s/gm), ([, id, type, name]) =>
    [id, type, name].join(" "),
  );
}

/** Handles with their marks. */
function keysIn(printed: string): readonly string[] {
  return Array.from(printed.matchAll(/^\d+\([os]\).*$/gm), ([line]) => line);
}

test.each(pairs)("a shell of $one and one of $other agree about users and keys", async ({ first, second }) => {
  const people = [user(1, "CO", "admin", secret), user(2, "AU", "app_user", secret), user(3, "CU", "owner", secret)];
  const backup = await cluster(people, [key({ handle: 8, owner: "owner" })]);
  const hsms = await Promise.all(["hsm-one", "hsm-two"].map((hsmId) => TestedHsm.with(backup, { hsmId })));
  const [one, other] = [shellOn(hsms, first), shellOn(hsms, second)];
  await one(`loginHSM CO admin ${secret}`);
  await one(`createUser CU bob ${secret}`);
  await other(`loginHSM CU owner ${secret}`);
  await other("shareKey 8 4 1");

  const users = [await one("listUsers"), await other("listUsers")].map(usersIn);
  expect(users[0]).toEqual(users[1]);
  expect(users[0]?.filter((row) => row === "4 CU bob")).toHaveLength(2);
  await other("logoutHSM");
  await other(`loginHSM CO admin ${secret}`);
  const keys = [await one("findAllKeys 4 0"), await other("findAllKeys 4 0")].map(keysIn);
  expect(keys).toEqual([
    ["8(s)", "8(s)"],
    ["8(s)", "8(s)"],
  ]);
});

test("a shell that is typed and one that is piped, of two vendors, agree on one home", async () => {
  const home = join(temporaryFolder(), "home");
  const typist = new Terminal({ words: [shipped("azure.yaml")], home });
  await typist.expect("cloudmgmt>");
  typist.send("loginHSM CO admin adminpassword\r");
  await typist.expect("success on server 2(10.0.2.6)\r\ncloudmgmt>");

  const script = ["server 0", "loginHSM CU cu1 after-rotation", "shareKey 262150 4 1", "y", "logoutHSM"];
  const users = ["loginHSM CO admin adminpassword", "createUser CU dora doras-password", "y", "listUsers", "quit"];
  const words = ["--dialect", "alibaba", shipped("azure.yaml")];
  const piped = await runPiped({ words, home }, lines(...script, ...users));
  expect(piped).toMatchObject({ status: 0, stderr: "" });
  expect(piped.stdout).toContain("shareKey success\n");

  typist.send("listUsers\r");
  const shown = (await typist.expect("cloudmgmt>")).replaceAll("\r", "");
  const [first = ""] = shown.split("Users on server 1");
  expect(usersIn(first)).toContain("6 CU dora");
  expect(usersIn(first)).toEqual(usersIn(piped.stdout));
  typist.send("findAllKeys 4 0\r");
  expect(keysIn((await typist.expect("cloudmgmt>")).replaceAll("\r", ""))[0]).toBe("262150(s)");
  typist.send("quit\r");
  expect(await typist.end()).toBe(0);
});
