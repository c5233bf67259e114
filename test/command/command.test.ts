import type { Mode } from "../../src/cluster/cluster.ts";
import { expect, test } from "vitest";
import { command } from "../../src/command/command.ts";
import { type Offered, offeredOf } from "../../src/command/offer.ts";
import { said } from "../../src/command/result.ts";
import { password, userId, userName } from "../../src/command/parameters.ts";
import { commands } from "../harness/offered-commands.ts";
import { serverCommand } from "../../src/command/server-command.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { alibaba } from "../../src/dialects/alibaba/alibaba.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { azure } from "../../src/dialects/azure/azure.ts";
import { oracle } from "../../src/dialects/oracle/oracle.ts";
import { complete } from "../../src/shell/completion.ts";
import { users } from "../harness/backups.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

/** A command that no HSM has: everything that the shell does with it comes from this declaration. */
const greetUser = command({
  name: "greetUser",
  parameters: [userId(), userName(), { ...password(), optional: true }],
  run(_context, { userId: id, name, password: word }) {
    const lines = [`Hello ${name}(${String(id + 1)}), ${word?.kind ?? "nothing"}`];
    return Promise.resolve({ outcome: name === "nobody" ? "failed" : "done", answers: [], lines });
  },
});

/** As a shell offers it. */
const greeting: Offered<Mode> = {
  modes: ["global"],
  summary: "Greets a user",
  description: "Greets a user by name, in secret",
  example: "greetUser 6 Alice",
};

/** A command of server mode only. */
const leaveUser = command({ name: "leaveUser", parameters: [], run: () => Promise.resolve(said()) });
const leaving: Offered<Mode> = { modes: ["server"], summary: "Leaves a user" };

const usual = commands.filter(({ name }) => name === "help" || name === "server");
const table = [...usual, greetUser(greeting), leaveUser(leaving)];
const hsm = await TestedHsm.with(users());

/** Carries lines out, and gives what was said and what is remembered. */
async function session(...typed: readonly string[]) {
  const shell = new ScriptedShell([hsm], [...table, ...commands.filter(({ name }) => name === "quit")]);
  let printed = "";
  for (const line of typed) printed += await shell.command(line);
  expect(await shell.end()).toBe(`${aws.disconnecting.join("\n")}\n`);
  return { said: printed.split("\n").slice(0, -1), remembered: shell.history.newestFirst.toReversed() };
}

test("its words reach it as values", async () => {
  const { said } = await session("greetUser 6 Alice", "greetUser 6 Alice secret-1", "greetUser 6 Alice -hpswd");
  expect(said).toEqual(["Hello Alice(7), nothing", "Hello Alice(7), typed", "Hello Alice(7), hidden"]);
});

test("its usage is shown where words do not fit, and it is not run", async () => {
  const usage = "Usage: greetUser <user ID> <user-name> [<password |-hpswd>]";
  const { said } = await session(
    "greetUser",
    "greetUser 6",
    "greetUser six Alice",
    "greetUser 6 Alice secret-1 secret-2",
  );
  expect(said).toEqual([
    "greetUser: missing <user ID>",
    usage,
    "greetUser: missing <user-name>",
    usage,
    "greetUser: <user ID> must be a number, got six",
    usage,
    "greetUser: unexpected argument after <password |-hpswd>",
    usage,
  ]);
});

test("it is found by the beginning of its name, without case, and proposed when it is misspelt", async () => {
  const { said } = await session("gr 6 Alice", "GREETUSER 6 Alice", "gretUser 6 Alice");
  expect(said).toEqual([
    "Hello Alice(7), nothing",
    "Hello Alice(7), nothing",
    "Unknown command: gretUser. Did you mean greetUser?",
    "Type help for the list of commands.",
  ]);
});

test("help lists it in its mode, and explains it", async () => {
  const global = await session("help");
  expect(global.said).toContain("greetUser  Greets a user");
  expect(global.said.slice(-2)).toEqual(["In server mode (server <server ID>):", "leaveUser  Leaves a user"]);
  const { said } = await session("help greetUser");
  expect(said.slice(0, 10)).toEqual([
    "greetUser <user ID> <user-name> [<password |-hpswd>]",
    "",
    "Arguments",
    "*********",
    "user ID: the id that listUsers shows",
    "user-name: the name of a user; case does not matter",
    "password |-hpswd: the password; case matters; -hpswd prompts for it without",
    "    echo",
    "",
    "Description",
  ]);
  expect(said).toContain("Greets a user by name, in secret. Global mode only.");
  expect(said.join("\n")).toContain("greetUser 6 Alice");
  expect((await session("greetUser -h")).said).toEqual(said);
});

test("its mode is asked for", async () => {
  const { said } = await session("leaveUser", "server 0", "greetUser 6 Alice");
  expect(said).toEqual([
    "leaveUser: enter server mode first (server <server ID>)",
    ...aws.serverMode(true),
    "greetUser: leave server mode first (exit)",
  ]);
});

test("of a command with a secret no line is remembered whose words name no user", async () => {
  const { remembered } = await session(
    "greetUser 6 Alice secret-1",
    "greetUser 6 Alice -hpswd",
    "greetUser 6",
    "greetUser 6 Alice secret-1 secret-2",
    "greetUser 6 nobody",
  );
  expect(remembered).toEqual([]);
});

test("Tab proposes its name, and what its parameters know", async () => {
  const users = [{ id: 6, type: "CO", name: "Alice", quorumKey: false, loginFailures: 0, twoFactor: false }] as const;
  const nothing = () => Promise.resolve([]);
  const source = {
    commands: table,
    commandNames: [],
    mode: () => "global" as const,
    serverIds: [],
    users: () => Promise.resolve(users),
    keyHandles: nothing,
    tokenIds: nothing,
  };
  const after = async (line: string) => (await complete(source, line))[0];
  expect(await after("gr")).toEqual(["greetUser "]);
  expect(await after("lea")).toEqual(["leaveUser "]);
  expect(await after("nobody")).toEqual([]);
  expect(await after("greetUser ")).toEqual(["6 "]);
  expect(await after("greet 6 al")).toEqual(["Alice "]);
  expect(await after("greetUser 6 Alice ")).toEqual(["-hpswd "]);
  expect(await after("greetUser 6 Alice -hpswd ")).toEqual([]);
});

test("another shell offers it in its own way: with other words, a word before all others, in another mode", () => {
  const words = { userId: { label: "<number>", meaning: "of the user" }, name: { meaning: "whatever it is" } };
  const offered = greetUser({ modes: ["server"], summary: "Hails", prefix: "-u", words });
  expect(offered.usage).toBe("greetUser [-u] <number> <user-name> [<password |-hpswd>]");
  expect(offered.parameters.map(({ meaning }) => meaning).slice(0, 2)).toEqual(["of the user", "whatever it is"]);
  expect([offered.description, offered.example, offered.documented, offered.modes]).toEqual([
    "Hails",
    undefined,
    true,
    ["server"],
  ]);
  expect(offered.read(["-u", "6", "Alice"]).kind).toBe("fit");
  const reading = offered.read(["-u", "six", "Alice"]);
  expect(reading.kind === "misfit" && reading.error.message).toBe("<number> must be a number, got six");
});

test("the box and the question are what a shell offers", async () => {
  const asking = serverCommand({ name: "askFirst", parameters: [], request: (hsm) => hsm.users.list() });
  const written = async (caution?: "shown" | "asked"): Promise<string> => {
    const offered = asking({ modes: ["global"], summary: "Asks", ...(caution && { caution }) });
    const shell = new ScriptedShell([hsm], [offered, ...commands.filter(({ name }) => name === "quit")]);
    const prompts: string[] = [];
    const printed = await shell.command("askFirst", (prompt) => {
      prompts.push(prompt);
      return "y";
    });
    await shell.end();
    return [printed, ...prompts].join("");
  };
  const [box = ""] = aws.caution("askFirst", "global");
  const [none, shown, asked] = [await written(), await written("shown"), await written("asked")];
  expect([none, shown, asked].map((text) => text.includes(box))).toEqual([false, true, true]);
  expect([none, shown, asked].map((text) => text.includes(aws.goOn))).toEqual([false, false, true]);
});

test("a shell that offers a command which there is not, does not start", () => {
  expect(() => offeredOf({ ...aws.offer, singUser: greeting }, declared)).toThrow("singUser");
  const offered = [aws, azure, oracle, alibaba].flatMap(({ offer }) =>
    Object.keys(offer).filter((name) => offer[name]?.simulated !== false),
  );
  expect([...new Set(offered)].sort()).toEqual(Object.keys(declared).sort());
});

test.each(Object.entries(aws.offer))("the words of %s that its shell names are words that it takes", (key, offered) => {
  const keys = declared[key]?.(offered).parameters.map((parameter) => parameter.key);
  for (const word of Object.keys(offered.words ?? {})) expect(keys).toContain(word);
});

test("every command declares what a user needs: a summary, a description, and what each word means", () => {
  for (const { name, summary, description, parameters } of commands) {
    expect([name, summary.length > 0 && summary.length <= 80 && !summary.endsWith(".")]).toEqual([name, true]);
    expect([name, description.length > 0]).toEqual([name, true]);
    for (const { label, meaning } of parameters) expect([name, label, meaning.length > 0]).toEqual([name, label, true]);
    const optional = parameters.map((parameter) => parameter.optional === true);
    expect([name, optional]).toEqual([name, optional.toSorted((a, b) => Number(a) - Number(b))]);
  }
  for (const mode of ["global", "server"] as const) {
    const names = commands.filter(({ modes }) => modes.includes(mode)).map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  }
});
