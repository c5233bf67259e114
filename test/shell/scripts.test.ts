import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Start, lines, runPiped } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";

const login = "loginHSM CO admin co12345";

async function run(options: readonly string[], input: string | Buffer, start: Start = emptyHome()) {
  const finished = await runPiped({ ...start, words: [...options, ...start.words] }, input);
  return { ...finished, said: finished.stdout.slice(finished.stdout.indexOf("aws-cloudhsm>")) };
}

/** A script in a file of its own. */
function script(text: string): { readonly start: Start; readonly file: string } {
  const start = emptyHome();
  const file = join(dirname(start.words[0] ?? ""), "script.txt");
  writeFileSync(file, text);
  return { start, file };
}

describe("comments", () => {
  test("begin with # where a command is read, and are no command that fails", async () => {
    const { status, said } = await run(["--bail"], lines("# one", "  #two", `#${login}`, login, "quit"));
    expect(status).toBe(0);
    expect(said).toMatch(/^aws-cloudhsm>aws-cloudhsm>aws-cloudhsm>aws-cloudhsm>loginHSM success/);
  });

  test("but not where a password or an answer is read", async () => {
    const { said } = await run(
      [],
      lines(login, "createUser CU bob -hpswd", "#secret12", "#secret12", "#y", "y", "quit"),
    );
    expect(said).toContain("Invalid option");
    expect(said).toContain("createUser success on server 2(h2)");
  });
});

describe("a byte order mark before the first line", () => {
  test("is dropped from a pipe", async () => {
    const { said } = await run(["--bail"], `\ufeff${lines(login, "quit")}`);
    expect(said).toContain("loginHSM success on server 2(h2)");
  });

  test("is dropped from a file", async () => {
    const { start, file } = script(`\ufeff${login}\r\n`);
    expect((await run(["--bail", "-f", file], "", start)).said).toContain("loginHSM success on server 2(h2)");
  });

  test("is dropped before a password that comes from a pipe by itself", async () => {
    const { said } = await run(["-c", "loginHSM CO admin -hpswd"], "\ufeffco12345\r\n");
    expect(said).toContain("loginHSM success on server 2(h2)");
  });
});

test("-f - reads standard input", async () => {
  expect((await run(["-f", "-"], lines(login, "quit"))).said).toContain("loginHSM success on server 2(h2)");
});

describe("what failed is told on standard error, without its passwords", () => {
  const typed = [
    "# first",
    login,
    "createUser CU alice alice12345",
    "y",
    "A",
    "bogus",
    "createUser CU bob bob12345",
    "n",
  ];

  test("--bail names file and line", async () => {
    const { start, file } = script(lines(...typed));
    expect(await run(["--bail", "-f", file], "", start)).toMatchObject({
      status: 1,
      stderr: `cloudhsm_mgmt_util: ${file}:3: createUser CU *** ***: failed, and ended the session (--bail)\n`,
    });
  });

  test("--bail counts the lines of -c", async () => {
    const { stderr } = await run(["--bail", "-c", login, "-c", "bogus"], "");
    expect(stderr).toBe("cloudhsm_mgmt_util: --command 2: ***: failed, and ended the session (--bail)\n");
  });

  test("--summary lists all of them, and ends as it would without", async () => {
    const { status, stderr } = await run(["--summary"], lines(...typed));
    expect(status).toBe(0);
    expect(stderr.replaceAll("cloudhsm_mgmt_util: ", "")).toBe(
      lines(
        "3 commands failed:",
        "standard input:3: createUser CU *** ***",
        "standard input:6: ***",
        "standard input:7: createUser CU *** ***",
      ),
    );
  });

  test("--summary says so where none did", async () => {
    expect((await run(["--summary"], lines(login, "quit"))).stderr).toBe("cloudhsm_mgmt_util: no command failed\n");
  });
});

describe("--yes", () => {
  test("answers y/n, and nothing else", async () => {
    const { said } = await run(
      ["--yes"],
      lines(login, "createUser CU bob bob12345", "createUser CU bob bob12345", "A"),
    );
    expect(said).toContain("Do you want to continue(y/n)?y\nCreating User bob(CU) on 3 nodes\n");
    expect(said).toContain("createUser success on server 2(h2)\n");
    expect(said).toContain("creating user on server 0(h0) failed\n\nRetry/Ignore/Abort?(R/I/A):aws-cloudhsm>");
  });
});

test("--echo shows lines and answers, but no password", async () => {
  const { said } = await run(
    ["--echo"],
    lines("# rehearsal", login, "createUser CU bob -hpswd", "bob12345", "bob12345", "y", "info server 0", "quit"),
  );
  expect(said).toContain("aws-cloudhsm># rehearsal\naws-cloudhsm>loginHSM CO *** ***\nloginHSM success");
  expect(said).toContain("aws-cloudhsm>createUser CU *** -hpswd\nEnter password: \nRe-enter password: \n");
  expect(said).toContain("Do you want to continue(y/n)?y\nCreating User bob(CU)");
  expect(said).toContain("aws-cloudhsm>info server 0\n");
  expect(said).not.toContain("12345");
});

test.each([
  [["-c", login, "-c", "createUser CU bob bob12345"], "createUser cancelled", "add -c y, or --yes."],
  [["-c", login, "-c", "createUser CU alice alice12345", "-c", "y"], "createUser cancelled", "add -c R, I or A."],
  [["-c", login, "-c", "deleteUser CU bob"], "deleteUser cancelled", "add -c R, B or I."],
  [["-c", "loginHSM CO admin -hpswd"], "loginHSM cancelled", "add the password."],
])("where input ends at a question of %j, the missing answer is named", async (options, cancelled, hint) => {
  const { said } = await run(options, "");
  expect(said).toContain(`${cancelled}\n`);
  expect(said).toContain(`Input ended where an answer was expected: ${hint}\n`);
});

test.each(["createUser CU bob bob12345", "createUser CU bob -hpswd", "changePswd CU alice alice23456"])(
  "%s takes the older syntax's 1FA, and refuses its 2FA",
  async (line) => {
    const passwords = line.endsWith("-hpswd") ? ["bob12345", "bob12345"] : [];
    const { said } = await run(["--yes"], lines(login, `${line} 2FA`, `${line} 1FA`, ...passwords, "quit"));
    expect(said).toContain(": 2FA is the older syntax: a second factor is set with -2fa </path/to/authdata>\n");
    expect(said).toMatch(/(?:createUser|changePswd) success on server 2\(h2\)/);
  },
);
