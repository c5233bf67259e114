import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { lines, runPiped, shipped, temporaryFolder } from "../harness/program.ts";
import { runScript } from "../terminal/run-script.ts";

const start = () => ({ words: [shipped("cluster.yaml")], home: temporaryFolder() });
const lastLine = "info server 2\n";
const lastAnswer = "\thsm-k5xbrp3wzqd\t Not logged in\n";

/** Bytes that are the same for the same seed (xorshift). */
function randomBytes(seed: number, length: number): Buffer {
  let state = seed;
  const bytes = Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
  return Buffer.from(bytes);
}

/** Whether a text holds a control character that a message must not repeat. */
function holdsControl(text: string): boolean {
  return Array.from(text).some((sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return (code < 0x20 && sign !== "\n" && sign !== "\r" && sign !== "\t") || (code >= 0x7f && code < 0xa0);
  });
}

const garbage: readonly (readonly [name: string, bytes: Buffer | string])[] = [
  ...[1, 2, 3, 4, 5].map((seed) => [`random bytes, seed ${String(seed)}`, randomBytes(seed, 100_000)] as const),
  ["a line of 1 MB", "x".repeat(1_000_000)],
  ["a line of 1 MB that begins as a command", `createUser CU ${"x".repeat(1_000_000)}`],
  ["NUL", "list\0Users\0\n\0\0"],
  ["broken UTF-8", Buffer.from([0xc3, 0x0a, 0xff, 0xfe, 0x0a, 0xe2, 0x82, 0x0a, 0xf0, 0x9f])],
  ["C1 control characters", "\u009b31m\nlistUsers \u0090\n"],
  ["escape sequences", "\u001b]0;title\u0007\n\u001b[31mlistUsers\nserver \u001b[2J\nhelp \u001b[2J\ninfo \u001b[2J 0"],
  ["words of 30,000 letters", `${"y".repeat(30_000)} ${"z".repeat(30_000)}`],
  ["60,000 words", "a ".repeat(30_000)],
  ["blank lines of every kind", " \n\t\n\r\n \t \r\r\n"],
];

test.each(garbage)("on a pipe, the line behind is answered and nothing is repeated raw: %s", async (_name, bytes) => {
  const input = Buffer.concat([Buffer.from(bytes), Buffer.from(`\n${lastLine}`)]);
  const { stdout, stderr, status } = await runPiped(start(), input);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toContain(lastAnswer);
  expect(stdout).not.toMatch(/^ {4}at /m);
  expect(stdout).not.toContain("unexpected error");
  expect(holdsControl(stdout)).toBe(false);
});

test("control characters in names are refused by the HSM and repeated as question marks", async () => {
  const input = lines(
    "loginHSM CO admin co12345",
    ...["da\u001b[31mve", "da\0ve", "da\u009bve"].flatMap((name) => [`createUser CU ${name} dave12345`, "y", "A"]),
  );
  const { stdout, status } = await runPiped(start(), input);
  expect(status).toBe(0);
  expect(stdout.split("createUser failed: ")).toHaveLength(4);
  expect(stdout).toContain("Creating User da?[31mve(CU) on 3 nodes\n");
  expect(holdsControl(stdout)).toBe(false);
});

test("of 10,000 lines none is lost", async () => {
  const typed = Array.from({ length: 10_000 }, (_, index) => `line${String(index)}`);
  const { stdout, status } = await runPiped(start(), lines(...typed));
  expect(status).toBe(0);
  const answered = Array.from(stdout.matchAll(/^aws-cloudhsm>Unknown command: (\w+)\.$/gm), ([, word]) => word);
  expect(answered).toEqual(typed);
});

test("a line that is too long says so, also at a question", async () => {
  const long = "y".repeat(70_000);
  const { stdout } = await runPiped(
    start(),
    lines(long, "loginHSM CO admin co12345", "createUser CU dave dave12345", long, "y", "listUsers"),
  );
  expect(stdout).toContain("aws-cloudhsm>Line too long: 65536 bytes at most\naws-cloudhsm>");
  expect(stdout).toContain("Do you want to continue(y/n)?Invalid option, please type 'y' or 'n'\n");
  expect(stdout).toContain("createUser success on server 2");
});

describe.skipIf(isMissing("python3"))("at a terminal", () => {
  /** Types at the first prompt; gives what the terminal showed. */
  async function type(...parts: readonly (Buffer | string)[]): Promise<string> {
    const session = start();
    const typed = join(session.home, "typed");
    writeFileSync(typed, Buffer.concat([...parts, `\r${lastLine.trim()}\rquit\r`].map((part) => Buffer.from(part))));
    const { stdout, stderr, status } = await runScript("type_file.py", session, typed);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).not.toMatch(/^ {4}at /m);
    expect(stdout).not.toContain("unexpected error");
    return stdout;
  }

  /** Ctrl-D ends a session, and Ctrl-C drops what was typed of a line: random bytes do without them. */
  function withoutEnds(bytes: Buffer | string): Buffer {
    return Buffer.from(Buffer.from(bytes).filter((byte) => byte !== 0x03 && byte !== 0x04));
  }

  test.each([
    ...garbage,
    ["a line of 1 MB that is edited", `\u0001${"x".repeat(1_000_000)}`],
    ["Tabs without end", "log\t".repeat(2000)],
    ["an escape sequence that breaks off", "info\u001b[1;"],
  ] as const)("the line behind is answered: %s", async (_name, bytes) => {
    expect(await type(withoutEnds(bytes))).toContain(lastAnswer.trim());
  });

  test.each([
    ["y/n", "createUser CU dave dave12345\r", "\rn", "createUser cancelled"],
    ["a hidden password", "loginHSM CO admin -hpswd\r", "", "loginHSM failed: HSM Error"],
  ])("random bytes answer no question: %s", async (_name, question, answer, outcome) => {
    const shown = await type("loginHSM CO admin co12345\r", question, withoutEnds(randomBytes(6, 10_000)), answer);
    expect(shown).toContain(outcome);
    expect(shown).not.toContain("createUser success");
    expect(shown).toContain("\thsm-k5xbrp3wzqd\t Logged in as 'admin(CO)'");
  });

  test("of 10,000 lines none is lost", async () => {
    const typed = Array.from({ length: 10_000 }, (_, index) => `line${String(index)}`);
    const shown = await type(typed.join("\r"));
    const answered = Array.from(shown.matchAll(/^Unknown command: (\w+)\.\r$/gm), ([, word]) => word);
    expect(answered).toEqual(typed);
  });
});
