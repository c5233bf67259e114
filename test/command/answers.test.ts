import { expect, test } from "vitest";
import type { SessionContext } from "../../src/command/command.ts";
import type { Failed } from "../../src/cluster/answer.ts";
import type { Result, ServerOutcome } from "../../src/command/result.ts";
import { commands } from "../harness/offered-commands.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { cluster as clusterOf, key, user, withMore } from "../harness/backups.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

/** Two HSMs, of which the second one has neither alice nor her key; admin is logged in on both. */
async function twoHsms(): Promise<ScriptedShell> {
  const base = await clusterOf([user(1, "CO", "admin")]);
  const whole = await withMore(
    base,
    [user(2, "CU", "alice"), user(3, "CU", "bob")],
    [key({ handle: 8, owner: "alice" })],
  );
  const hsms = [whole, base].map((image, at) => TestedHsm.with(image, { hsmId: `hsm-${String(at)}` }));
  const shell = new ScriptedShell(await Promise.all(hsms));
  await shell.command("loginHSM CO admin password");
  return shell;
}

/** Runs a command as the shell does, with `y` and `R/I/A` answered; nothing of what it prints is looked at. */
async function resultOf({ cluster }: ScriptedShell, name: string, words: readonly string[]): Promise<Result> {
  const command = commands.find((each) => each.name === name && each.modes.includes(cluster.mode));
  if (command === undefined) throw new Error(`there is no ${name}`);
  const ignore = (): void => undefined;
  const session: SessionContext = {
    cluster,
    commands,
    dialect: aws,
    output: { print: ignore, hint: ignore, columns: undefined },
    questions: {
      ask: () => Promise.resolve("I"),
      askHidden: () => Promise.resolve("secret-pw"),
      interrupted: () => Promise.resolve(false),
    },
    home: undefined,
    yes: true,
    onFailure: undefined,
    advise: ignore,
    find: () => command,
  };
  const reading = command.read(words);
  if (reading.kind === "misfit") throw reading.error;
  return reading.run(session);
}

/** What a server returned; that it was undone where it was. */
function dataOf(answer: Exclude<ServerOutcome, Failed>): unknown {
  return answer.outcome === "done" ? answer.value : answer.outcome;
}

/** A result with servers by their numbers, and errors by their codes. */
function shapeOf({ outcome, answers }: Result): readonly unknown[] {
  return [
    outcome,
    ...answers.map((answer) =>
      answer.outcome === "failed" ? [answer.server.id, answer.error.returnCode] : [answer.server.id, dataOf(answer)],
    ),
  ];
}

const alice = expect.objectContaining({ id: 2, type: "CU", name: "alice" }) as unknown;

/** What is done in a global mode, then the command, and what comes of it. */
const cases: readonly (readonly [line: string, result: readonly unknown[], mode?: string])[] = [
  ["getUserInfo alice", ["failed", [0, alice], [1, "USER_NOT_FOUND"]]],
  ["findAllKeys 0 0", ["done", [0, { keys: [{ handle: 8, held: "everyone" }] }], [1, { keys: [] }]]],
  ["getKeyInfo 8", ["failed", [0, expect.objectContaining({ owner: 2 })], [1, "INVALID_OBJECT_HANDLE"]]],
  ["getMValue 3", ["done", ...[0, 1].map((id) => [id, { service: "USER_MGMT", minimum: 1 }])]],
  ["deleteUser CU alice", ["failed", [0, "USER_OWNS_KEYS"], [1, "USER_NOT_FOUND"]]],
  ["createUser CU alice -hpswd", ["failed", [0, "USER_EXISTS"], [1, alice]]],
  ["loginHSM CO admin wrong-pw", ["failed", [0, "LOGIN_FAILURE"], [1, "LOGIN_FAILURE"]]],
  ["loginHSM CO admin password", ["done", ...[0, 1].map((id) => [id, { userId: 1, type: "CO", name: "admin" }])]],
  ["logoutHSM", ["done", [0, undefined], [1, undefined]]],
  ["info server 1", ["done", [1, expect.objectContaining({ id: "hsm-1" })]]],
  ["getKeyDiffMap 0 0 8", ["done", [0, [{ handle: 8, servers: [0] }]], [1, undefined]]],
  ["getUserDiffMap 2", ["done", [0, [{ user: alice, servers: [0] }]], [1, undefined]], "server 0"],
  ["syncUser 2 1", ["done", [0, undefined], [1, undefined]], "server 0"],
  ["syncKey 8 1", ["failed", [0, undefined], [1, "KEY_OWNER_MISSING"]], "server 0"],
  ["syncUser 9 1", ["failed", [0, "USER_NOT_FOUND"]], "server 0"],
  ["getCert certificate.pem 9", ["failed", [0, "INVALID_INPUT"]], "server 0"],
  ["help", ["done"]],
];

test.each(cases.map(([line, result, mode]) => ({ line, result, mode })))(
  "$line returns what each server answered",
  async ({ line, result, mode }) => {
    const shell = await twoHsms();
    if (mode !== undefined) await shell.command(mode);
    const [name = "", ...words] = line.split(" ");
    expect(shapeOf(await resultOf(shell, name, words))).toEqual(result);
  },
);

test.each(["createUser CU carol secret-pw", "changePswd CU alice secret-pw", "deleteUser CU bob"])(
  "%s returns no secret",
  async (line) => {
    const shell = await twoHsms();
    const [name = "", ...words] = line.split(" ");
    const { answers } = await resultOf(shell, name, words);
    expect(JSON.stringify(answers.map((answer) => answer.outcome === "done" && answer.value))).not.toMatch(
      /secret|masked|salt|hash/i,
    );
  },
);
