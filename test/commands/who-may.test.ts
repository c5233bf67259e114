import { sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { commands } from "../harness/offered-commands.ts";
import { type UserType, userTypes } from "../../src/hsm/user.ts";
import { cluster, key, user } from "../harness/backups.ts";
import { keyPair } from "../harness/key-pairs.ts";
import { temporaryFolder } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

/** What a script waits for (a sibling's page on permissions shows both texts). */
const nobody = "HSM Error: No user is logged in to do this operation";
const wrongType = "HSM Error: The current logged in user is not authorized to do this operation";

/** A command, whether it asks y/n, what its second line of a failure is, and the types of user who may. */
interface Guarded {
  readonly line: string;
  readonly asks?: true;
  readonly secondLine?: (label: string) => string;
  readonly may: readonly UserType[];
  /** The words in server mode, where they are others. */
  readonly inServerMode?: string;
  readonly modes?: readonly ("global" | "server")[];
  /** Asked of all servers, also in server mode. */
  readonly everywhere?: true;
}

const officers = ["PCO", "CO"] as const;
const everybody = userTypes;

const guarded: readonly Guarded[] = [
  { line: "logoutHSM", may: everybody },
  {
    line: "createUser CU dora dora2024",
    asks: true,
    secondLine: (label) => `creating user on server ${label} failed`,
    may: officers,
  },
  {
    line: "changePswd CU owner another-one",
    asks: true,
    secondLine: (label) => `Changing password on node ${label} failed`,
    may: officers,
  },
  { line: "deleteUser CU idle", may: officers },
  { line: "syncUser 7 1", may: officers, modes: ["server"] },
  { line: "findAllKeys 6 0", may: [...officers, "AU"] },
  { line: "getKeyInfo 8", may: [...officers, "AU", "CU"] },
  { line: "getAttribute 8 3", may: ["CU"] },
  { line: "setAttribute 8 3 daily", asks: true, may: ["CU"] },
  { line: "shareKey 8 7 1", asks: true, may: ["CU"] },
  { line: "syncKey 8 1", may: [...officers, "CU"], modes: ["server"] },
  {
    line: "getKeyDiffMap 0 0 0",
    inServerMode: "getKeyDiffMap 0 0",
    may: [...officers, "AU"],
    everywhere: true,
  },
  { line: "registerQuorumPubKey CO co ~/token ~/token.sig ~/key.pub", asks: true, may: officers },
  { line: "registerMofnPubKey CO match co ~/key.pem", asks: true, may: officers },
  { line: "setMValue 3 2", asks: true, may: officers },
  { line: "getMValue 3", may: officers },
  { line: "getToken 3 co ~/new.token", may: officers },
  { line: "listTokens", may: officers },
  { line: "approveToken ~/approval.txt", may: officers },
  { line: "delToken 1", may: officers },
];

const open = [
  "help", "enable_e2e", "loginHSM", "listUsers", "info", "server", "exit", "quit", "getHSMInfo", "getCert",
  "listAttributes", "getUserInfo", "getUserDiffMap", "getClusterInfo", "getPartitionInfo",
]; // prettier-ignore

test("every command is for those who are logged in, or for everybody", () => {
  const names = new Set(commands.map(({ name }) => name));
  const known = [...open, ...guarded.map(({ line }) => line.split(" ")[0])];
  expect([...names].sort()).toEqual(known.sort());
});

let hsms: readonly TestedHsm[];
beforeAll(async () => {
  const people = [
    ...userTypes.map((type, at) => user(at + 1, type, type === "CU" ? "owner" : type.toLowerCase())),
    user(6, "CU", "sharee"),
    user(7, "CU", "idle"),
  ];
  const backup = await cluster(people, [key({ handle: 8, owner: "owner" })]);
  hsms = [await TestedHsm.with(backup, { hsmId: "hsm-one" }), await TestedHsm.with(backup, { hsmId: "hsm-two" })];
});

/** A folder with all files that the commands read. */
function folderWithFiles(): string {
  const folder = temporaryFolder();
  const { privateKey, publicKey } = keyPair(0);
  writeFileSync(join(folder, "token"), "a token");
  writeFileSync(join(folder, "token.sig"), sign("sha256", Buffer.from("a token"), privateKey));
  writeFileSync(join(folder, "key.pub"), publicKey);
  const approvals = ["Token File Path = ", "Number of Approvals = 1", "Approver Type = 2", "Approver Name = co"];
  const settings = [
    `Multi Token File Path = ${join(folder, "token")}`,
    ...approvals,
    `Approval File = ${join(folder, "token.sig")}`,
  ];
  writeFileSync(join(folder, "approval.txt"), settings.map((each) => `${each};\n`).join(""));
  writeFileSync(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  return folder;
}

const modes = ["global", "server"] as const;
const cells = guarded.flatMap((command) =>
  (command.modes ?? modes).flatMap((mode) =>
    (["nobody", ...userTypes] as const)
      .filter((caller) => caller === "nobody" || !command.may.includes(caller))
      .map((caller) => ({ line: command.line, mode, caller, command })),
  ),
);

test.each(cells)("$line in $mode mode, asked by $caller", async ({ mode, caller, command }) => {
  const copies = await Promise.all(hsms.map((hsm) => hsm.copy()));
  const shell = new ScriptedShell(copies);
  if (caller !== "nobody")
    await shell.type(`loginHSM ${caller} ${caller === "CU" ? "sharee" : caller.toLowerCase()} password`);
  if (mode === "server") await shell.type("server 0");
  const before = await Promise.all(copies.map((hsm) => hsm.records()));
  const { line, inServerMode = line, asks } = command;
  const words = (mode === "server" ? inServerMode : line).replaceAll("~", folderWithFiles());
  const answers = asks ? ["y", "I", "I"] : line.startsWith("deleteUser") ? ["I", "I"] : [];

  const written = await shell.type(words, ...answers.slice(0, mode === "server" ? answers.length - 1 : undefined));

  expect(written).not.toContain("Unknown command");
  expect(failures(written)).toEqual(expectedFailures(command, mode, caller === "nobody" ? nobody : wrongType));
  expect(await Promise.all(copies.map((hsm) => hsm.records()))).toEqual(before);
});

/** The lines that tell of failures, with the codes of steps, without the prompts before them. */
function failures(written: string): readonly string[] {
  const lines = written.split("\n").map((line) => line.replace(/^.*(?:>|\?|\):)/, ""));
  return lines.filter((line) => / failed(:| on |$)|MaskedObject: /.test(line));
}

function expectedFailures({ line, secondLine, everywhere }: Guarded, mode: string, text: string): readonly string[] {
  const [name = ""] = line.split(" ");
  if (name.startsWith("sync")) {
    return [`ExtractMaskedObject: ${text === nobody ? "0x1007" : "0x1008"} !`, `${name} failed: ${text}`];
  }
  const labels = mode === "server" && everywhere !== true ? ["0(hsm0)"] : ["0(hsm0)", "1(hsm1)"];
  return labels.flatMap((label) => [
    `${name} failed: ${text}`,
    secondLine?.(label) ?? `${name} failed on server ${label}`,
  ]);
}

test("with a login on one of two servers, that one does it and the other says why not", async () => {
  const shell = new ScriptedShell(await Promise.all(hsms.map((hsm) => hsm.copy())));
  await shell.type("server 1", "loginHSM CO co password", "exit");
  const written = await shell.type("createUser CU dora dora2024", "y", "I");
  expect(failures(written)).toEqual([`createUser failed: ${nobody}`, "creating user on server 0(hsm0) failed"]);
  expect(written).toContain("createUser success on server 1(hsm1)\n");
});
