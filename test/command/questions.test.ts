import { generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cluster, key, user, withMore } from "../harness/backups.ts";
import { temporaryFolder } from "../harness/program.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

/** Three HSMs of which the middle one refuses what the others do: it has other users, one officer, and no key. */
async function threeHsms(): Promise<ScriptedShell> {
  const common = [user(1, "CO", "admin"), user(3, "CU", "alice")];
  const outer = [user(2, "CO", "officer"), user(4, "CU", "dora")];
  const keys = [key({ handle: 8, owner: "alice" })];
  const base = await cluster(common);
  const whole = await withMore(base, outer, keys);
  const poor = await withMore(base, [user(5, "CU", "emil")]);
  const hsms = [whole, poor, whole].map((backup, at) => TestedHsm.with(backup, { hsmId: `hsm-${String(at)}` }));
  return new ScriptedShell(await Promise.all(hsms));
}

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** A registration of a key, in files, and a file for digests. */
function withFiles(line: string): string {
  const folder = temporaryFolder();
  const protection = { cipher: "aes-256-cbc", passphrase: "phrase" } as const;
  const files = {
    TOKEN: "token",
    SIGNATURE: sign("sha256", Buffer.from("token"), privateKey),
    PUBLIC: publicKey.export({ type: "spki", format: "pem" }),
    LOCKED: privateKey.export({ type: "pkcs8", format: "pem", ...protection }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return line.replaceAll(/AUTHDATA|TOKEN|SIGNATURE|PUBLIC|LOCKED/g, (name) => join(folder, name));
}

type Case = readonly [line: string, answers: readonly string[], login?: string];

const hidden = ["secret-pw", "secret-pw"];

/** Each command that asks, with the answers to all of its questions; the last one is about server 1, which refuses. */
const cases: readonly Case[] = [
  ["createUser CU emil -hpswd", [...hidden, "y", "A"]],
  ["createUser CU emil secret-pw", ["maybe", "y", "R", "A"]],
  ["createUser CO carol -hpswd -2fa AUTHDATA", [...hidden, "y", "no-such-file"]],
  ["changePswd CU dora -hpswd", [...hidden, "y", "A"]],
  ["changePswd CO officer -hpswd -2fa AUTHDATA", [...hidden, "y", "no-such-file"]],
  ["loginHSM CU dora -hpswd", ["password"]],
  ["loginHSM CO admin -hpswd -2fa AUTHDATA", ["password", "no-such-file"]],
  ["deleteUser CU dora", ["?", "R", "B"]],
  ["registerQuorumPubKey CO officer TOKEN SIGNATURE PUBLIC", ["y", "A"]],
  ["registerMofnPubKey CO match officer LOCKED", ["y", "phrase", "A"]],
  ["setMValue 3 2", ["y", "A"]],
  ["shareKey 8 4 1", ["y", "A"], "loginHSM CU alice password"],
  ["setAttribute 8 3 label", ["y", "A"], "loginHSM CU alice password"],
];

const stops = cases.flatMap(([line, answers, login]) =>
  answers.flatMap((_, at) =>
    (["interrupted", "end"] as const).map((stop) => [line, at + 1, stop, answers.slice(0, at), login] as const),
  ),
);

test.each(stops)("%s stops at question %i (%s)", async (line, _, stop, answers, login) => {
  const shell = await threeHsms();
  await shell.type(login ?? "loginHSM CO admin password");
  const [name = ""] = line.split(" ");
  const said = await shell.stopAt(withFiles(line), answers, stop);
  const lines = said.split("\n");
  const cancelled = lines.findIndex((each) => each.endsWith(`${name} cancelled`));
  expect(cancelled).toBeGreaterThanOrEqual(0);
  const behind = lines.slice(cancelled + 1);
  const question = lines[cancelled]?.slice(0, -`${name} cancelled`.length) ?? "";
  const hints: string[] = [];
  if (/\(R\/[IB]\/[AB I]*\):$/.test(question)) {
    hints.push(`${name} was done on server 0(hsm0), and not on servers 1(hsm1), 2(hsm2).`);
  }
  if (stop === "end")
    hints.push(expect.stringMatching(/^Input ended where an answer was expected: add .+\.$/) as string);
  expect(behind).toEqual([...hints, ""]);
  expect(said).not.toContain("server 2(hsm2)\n");
  expect(said).not.toContain("secret-pw");
});
