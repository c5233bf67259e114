import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dialectNames } from "../../src/config/dialect-name.ts";
import { returnCodes } from "../../src/hsm/return-code.ts";
import { offeredUses, usesOf } from "../harness/command-use.ts";
import { type Run, readSession } from "../harness/session-file.ts";
import { sessionFolder } from "../harness/session-player.ts";

const sessions = readdirSync(sessionFolder).filter((name) => name.endsWith(".txt"));

/** The prompt for commands that a text ends with, without its `>`. */
function promptOf(written: string): string | undefined {
  return /^(aws-cloudhsm|server\d+)>$/.exec(written.split("\n").at(-1) ?? "")?.[1];
}

/** Everything that is written from a command on until the next one, questions among it. */
function answerTo({ exchanges, rest }: Run, at: number): string {
  const behind = [...exchanges.slice(at + 1).map(({ written }) => written), rest];
  const last = behind.findIndex((written) => promptOf(written) !== undefined);
  return behind.slice(0, last === -1 ? undefined : last + 1).join("\n");
}

/** Another vendor's shell offers other commands. */
const ofAws = sessions.filter((name) => !dialectNames.some((vendor) => name.startsWith(`${vendor}-`)));

/** What AWS's sessions use of what the declarations offer; a line that is refused for want of a login uses nothing. */
const used = new Set(
  ofAws
    .flatMap((session) => readSession(join(sessionFolder, session)).runs)
    .flatMap((run) =>
      run.exchanges.flatMap(({ written, typed: { line } }, at) => {
        const prompt = promptOf(written);
        if (prompt === undefined || line === undefined) return [];
        if (answerTo(run, at).includes(returnCodes.NOT_LOGGED_IN.text)) return [];
        return usesOf(prompt === "aws-cloudhsm" ? "global" : "server", line);
      }),
    ),
);

test.each(offeredUses)("%s is typed in a session", (use) => {
  expect(used).toContain(use);
});
