import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Mode } from "../../src/cluster/cluster.ts";
import { commands } from "../harness/offered-commands.ts";
import { complete } from "../../src/shell/completion.ts";
import { temporaryFolder } from "../harness/program.ts";

const user = (id: number, type: "PRECO" | "PCO" | "CO" | "CU" | "AU", name: string) =>
  ({ id, type, name, quorumKey: false, loginFailures: 0, twoFactor: false }) as const;

const users = [
  user(1, "CO", "admin"),
  user(2, "AU", "app_user"),
  user(3, "CU", "alice"),
  user(4, "CU", "anna"),
  user(5, "PCO", "adam"),
  user(6, "CU", "a\u001b]0;title\u0007"),
  user(7, "CU", "a\u202ekey"),
];

async function proposed(line: string, mode: Mode = "global"): Promise<readonly string[]> {
  const source = {
    commands,
    commandNames: commands.map(({ name }) => name),
    mode: () => mode,
    serverIds: [0, 1, 2],
    users: () => Promise.resolve(users),
    keyHandles: () => Promise.resolve([8, 262152, 262153]),
    tokenIds: () => Promise.resolve([11, 12]),
  };
  const [candidates] = await complete(source, line);
  return candidates.map((candidate) => candidate.replace(/ $/, ""));
}

describe("Tab proposes", () => {
  test.each([
    ["server ", ["0", "1", "2"]],
    ["info server 1", ["1"]],
    ["loginHSM CO ", ["admin", "adam"]],
    ["loginHSM PCO ", ["adam"]],
    ["loginHSM CU ", ["alice", "anna"]],
    ["loginHSM AU ", ["app_user"]],
    ["loginHSM CU AN", ["anna"]],
    ["deleteUser CU a", ["alice", "anna"]],
    ["getUserInfo a", ["admin", "app_user", "alice", "anna", "adam"]],
    ["loginHSM CO admin ", ["-hpswd"]],
    ["loginHSM CO admin -hpswd ", ["-2fa"]],
    ["findAllKeys ", ["1", "2", "3", "4", "5", "6", "7"]],
    ["shareKey 8 ", ["3", "4", "6", "7"]],
    ["shareKey 8 3,", ["3,4", "3,6", "3,7"]],
    ["shareKey 8 3,4 ", ["0", "1"]],
    ["getKeyInfo ", ["8", "262152", "262153"]],
    ["getKeyInfo -k 26", ["262152", "262153"]],
    ["getAttribute 8 la", ["LABEL"]],
    ["getAttribute 8 35", ["355", "353", "354", "356", "357"]],
    ["getAttribute 8 obj_attr_wrap_", ["OBJ_ATTR_WRAP_WITH_TRUSTED", "OBJ_ATTR_WRAP_TEMPLATE"]],
    ["setAttribute 8 cl", []],
    ["setAttribute 8 la", ["LABEL"]],
    ["setAttribute 8 label ", []],
    ["setAttribute 8 261 ", ["0", "1"]],
    ["getMValue ", ["3", "4"]],
    ["delToken ", ["11", "12"]],
    ["help sync", ["syncUser", "syncKey"]],
    ["help getKeyD", ["getKeyDiffMap"]],
    ["sync", ["syncUser", "syncKey"]],
    ["syncUser 3 ", ["0", "1", "2"]],
    ["getC", ["getClusterInfo"]],
    ["nonsense ", []],
    ["quit ", []],
  ])("after %j in global mode", async (line, candidates) => {
    expect(await proposed(line)).toEqual(candidates);
  });

  test.each([
    ["getC", ["getCert", "getClusterInfo"]],
    ["getCert x 1", ["1", "16"]],
    ["serv", ["server"]],
    ["syncUser ", ["1", "2", "3", "4", "5", "6", "7"]],
    ["syncKey 8", ["8"]],
  ])("after %j in server mode", async (line, candidates) => {
    expect(await proposed(line, "server")).toEqual(candidates);
  });

  test.each(["", "help "])("nothing twice after %j", async (line) => {
    const candidates = await proposed(line);
    expect(new Set(candidates).size).toBe(candidates.length);
    expect(candidates.length).toBeGreaterThan(20);
  });
});

describe("Tab proposes files:", () => {
  function folder(): string {
    const made = temporaryFolder();
    for (const name of ["token.json", "token two", "tile", ".hidden", "to\u001b[2Jken"])
      writeFileSync(join(made, name), "");
    mkdirSync(join(made, "tokens"));
    symlinkSync("tokens", join(made, "to-folder"));
    symlinkSync("nowhere", join(made, "to-nothing"));
    return made;
  }

  test.each([
    ["getToken 3 admin ", "t", ["tile", "to-folder/", "to-nothing", "token.json", "tokens/"]],
    ["approveToken ", "tok", ["token.json", "tokens/"]],
    ["getKeyInfo 8 ", "", ["tile", "to-folder/", "to-nothing", "token.json", "tokens/"]],
    ["loginHSM CO admin -hpswd -2fa ", "tok", ["token.json", "tokens/"]],
    ["registerQuorumPubKey CO admin ", "ti", ["tile"]],
    ["approveToken ", ".", [".hidden"]],
    ["approveToken ", "absent/", []],
  ])("after %j", async (words, begun, names) => {
    const made = folder();
    const candidates = await proposed(`${words}${made}/${begun}`);
    expect(candidates.toSorted()).toEqual(names.map((name) => `${made}/${name}`));
  });
});
