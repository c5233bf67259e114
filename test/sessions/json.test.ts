import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { type JsonRun, isCommand, isForCommands, replayInJson } from "../harness/json-player.ts";
import { root } from "../harness/program.ts";
import type { Run } from "../harness/session-file.ts";
import { sessionFolder } from "../harness/session-player.ts";

/** The schema that comes with the program. */
const schema = JSON.parse(readFileSync(join(root, "schema", "session.schema.json"), "utf8")) as object;
const isValid = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema);

/** A line of standard output. */
interface Line {
  readonly line: number;
  readonly command: string | null;
  readonly outcome: string;
  readonly servers?: readonly { readonly id: number; readonly outcome: string; readonly data?: unknown }[];
}

/** What the words of the original say of a command that came to nothing, or not to all of it. */
const failure =
  / failed(?: on server |: |$)|^Server \d+ is not connected|^deleteUser rolled back on server |nothing to roll back$/m;
const cancellation = /^\w+ cancelled$/m;

/** A text without the failures of servers that did it when they were asked again. */
function withoutRetried(text: string): string {
  return text.replaceAll(
    /^\w+ failed: .*\n.* (?:server|node) (\d+)\(.*failed$/gm,
    (lines, id: string, at: number) => (text.includes(` success on server ${id}(`, at) ? "" : lines),
  );
}

/** How a command ended, as its words say it. */
function outcomeIn(text: string): string {
  if (cancellation.test(text)) return "cancelled";
  if (failure.test(withoutRetried(text))) return "failed";
  return refusal.test(text) ? "refused" : "done";
}
const refusal = new RegExp(
  [
    "^Unknown command",
    " is ambiguous: ",
    "^Usage: ",
    "^Invalid server ID ",
    "^Passwords do not match$",
    "^\\w+ is not simulated$",
    "^Line too long: ",
    "^\\w+: (?:enter server mode|leave server mode|you are in global mode|server \\d+ is the source|there is no )",
  ].join("|"),
  "m",
);

/** What is written from an exchange on until the next prompt for commands. */
function answerTo({ exchanges, rest }: Run, at: number): string {
  const behind = [...exchanges.slice(at + 1).map(({ written }) => written), rest];
  const last = behind.findIndex(isForCommands);
  return behind.slice(0, last === -1 ? undefined : last + 1).join("\n");
}

/** The commands of a run with their outcomes, as the golden session has them in words. */
function inWords(run: Run): readonly unknown[] {
  return run.exchanges.flatMap(({ written, typed }, at) => {
    if (!isForCommands(written) || !isCommand(typed.line)) return [];
    const text = answerTo(run, at);
    const done = Array.from(text.matchAll(/ success on server (\d+)\(/g), ([, id]) => Number(id));
    return [{ line: at + 1, outcome: outcomeIn(text), done }];
  });
}

/** The same as JSON has it; the servers that did it only where words name them. */
function inData(lines: readonly Line[], words: readonly unknown[]): readonly unknown[] {
  return lines.map(({ line, command, outcome, servers = [] }, at) => {
    const { done } = (words[at] ?? {}) as { readonly done?: readonly number[] };
    // A comparison is a success of the server that is compared, which alone has data.
    const isComparison = command?.endsWith("DiffMap") === true;
    const ids = servers
      .filter((each) => each.outcome !== "failed" && (!isComparison || each.data !== undefined))
      .map(({ id }) => id);
    return { line, outcome, done: done === undefined || done.length === 0 ? [] : ids };
  });
}

function requireAgreement({ run, lines, errors, status }: JsonRun): void {
  expect(status).toBe(run.status);
  const objects = lines.map((line) => JSON.parse(line) as Line);
  for (const object of objects) {
    isValid(object);
    expect({ object, problems: isValid.errors ?? [] }).toEqual({ object, problems: [] });
  }
  const words = inWords(run);
  expect(inData(objects, words)).toEqual(words);
  if (run.status === 0) return;
  const end = JSON.parse(errors.at(-1) ?? "") as unknown;
  expect(end).toEqual({ status, error: { fault: status === 2 ? "user" : "system", message: expect.any(String) as string } });
}

const sessions = readdirSync(sessionFolder).filter((name) => name.endsWith(".txt"));
const opensslMissing = isMissing("openssl");

test.each(sessions)("%s in JSON keeps to the schema, and says what the words say", async (name) => {
  const usesOpenssl = /\bopenssl\b/.test(readFileSync(join(sessionFolder, name), "utf8"));
  if (usesOpenssl && opensslMissing) return;
  for (const run of await replayInJson(name)) requireAgreement(run);
});
