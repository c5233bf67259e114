import { expect, test } from "vitest";
import { users } from "../../harness/backups.ts";
import { KeyShell } from "../../harness/key-shell.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

test.each([
  {
    line: "unWrapKey -f wrapped -w 7 -m 4 -noheader",
    wrong: ["Label (-l) is missing.", "Key class (-kc) is missing.", "Key type (-kt) is missing."],
  },
  {
    line: "wrapKey -k 8 -w 7 -m 4 -out wrapped -iv_file iv",
    wrong: ["IV file (-iv_file) is only for mechanism 10 with -noheader."],
  },
  { line: "getCert -f certificate", wrong: ["Certificate type (-t) is missing."] },
  { line: "loginHSM -u CU -s alice", wrong: ["Password (-p) is missing."] },
])("$line is answered with what is wrong, and the help", async ({ line, wrong }) => {
  const shell = new KeyShell([await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"]))]);
  const help = await shell.type(`${line.split(" ")[0] ?? ""} -h`);
  expect(await shell.type(line)).toBe(`\n${wrong.map((each) => `Error: ${each}\n`).join("")}${help}`);
  expect(shell.last?.isMisuse).toBe(true);
});
