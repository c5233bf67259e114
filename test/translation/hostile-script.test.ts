import fc from "fast-check";
import { expect, test } from "vitest";
import { translationAsJson, translationAsText } from "../../src/app/fleet/translate-forms.ts";
import { paintFor } from "../../src/app/fleet/paint.ts";
import { commands } from "../harness/offered-commands.ts";
import { translated } from "./translated.ts";

const paint = await paintFor(false);

test("no control character of a script gets out", () => {
  const { lines, ...rest } = translated("# \u001b[2J\u202e\nsetAttribute 6 3 \u001b]0;x\u0007\ngetUserInfo \u009b1\n");
  const said = [...translationAsText({ lines, ...rest }, paint), translationAsJson({ lines, ...rest })].join("");
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  expect(said).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});

test("a word that a shell would take apart is quoted", () => {
  const label = translated("setAttribute 6 3 a;rm$(x)'").lines[0]?.lines[0];
  expect(label).toBe(
    "key set-attribute --filter key-reference=0x0000000000000006 --name label --value 'a;rm$(x)'\\'''",
  );
  expect(translated("deleteUser CU a;reboot").lines[0]).toMatchObject({
    lines: [],
    missing: expect.stringContaining("letters") as string,
  });
});

test("a mebibyte of anything is read through, and each line of it answered for", () => {
  const line = `${"x".repeat(70_000)}\n`;
  const { lines } = translated(`${line.repeat(15)}listUsers`);
  expect(lines).toHaveLength(16);
  expect(lines.every(({ text }) => text.length < 100)).toBe(true);
  const many = translated(`zzz ${"1 ".repeat(30)}\n`.repeat(16_384)).lines;
  expect(many).toHaveLength(16_384);
  expect(many.every(({ missing }) => missing !== undefined)).toBe(true);
});

test("here-documents that do not end are looked for once, and calls in long lines not at all", () => {
  const open = Array.from({ length: 100_000 }, (_, at) => `cat <<E${String(at)}`).join("\n");
  expect(translated(`#!/bin/sh\n${open}`).lines).toEqual([]);
  const ends = "cat <<EOF\nEOF\n".repeat(100_000);
  expect(translated(`#!/bin/sh\n${ends}key_mgmt_util singlecmd listUsers`).lines).toMatchObject([{ line: 200_002 }]);
  expect(translated("cloudhsm_mgmt_util ".repeat(100_000)).lines).toMatchObject([{ lines: [] }]);
});

const password = "S3cr3tPassw0rd";

/** Lines that hold the password in a place where one belongs, or fell. */
const withPassword = [
  `cloudhsm_mgmt_util cfg <<EOF\nloginHSM CO admin ${password}\nEOF`,
  `cloudhsm_mgmt_util cfg <<'EOF'\nloginHSM CO admin $${password}\nEOF`,
  `cloudhsm_mgmt_util -c "loginHSM CO admin ${password}" cfg`,
  `printf 'loginHSM CO admin ${password}\\n' | cloudhsm_mgmt_util cfg`,
  `key_mgmt_util singlecmd loginHSM -u CU -s bob -p '${password}' listUsers | grep ${password}`,
  `key_mgmt_util singlecmd loginHSM -u CU -s bob -p '$${password}' listUsers`,
  `spawn cloudhsm_mgmt_util cfg\nsend "loginHSM CO admin ${password}\\r"`,
  `spawn cloudhsm_mgmt_util cfg\nsend "loginHSM CO admin \\$${password}\\r"`,
  `loginHSM CO admin ${password}`,
  `loginHSM CO admin -hpswd\n${password}`,
  `createUser CU bob -hpswd\n${password}\n${password}\ny`,
  `changePswd CU bob ${password} extra`,
  `# loginHSM CO admin ${password}`,
  `loginHSM -u CU -s bob -p ${password}`,
  `loginHSM -u CU -s bob -p -${password}`,
  `loginHSM -u CU -s bob ${password}`,
  `loginHSM -u CU -s bob -hpswd\n${password}`,
  `singlecmd loginHSM -u CU -s bob -p ${password} listUsers`,
  `server 0 loginHSM CO admin ${password}`,
  `${password} again`,
  `# createUser CU bob ${password}`,
  `listUsers ${password}`,
  `registerMofnPubKey CO match bob key.pem\ny\n${password}`,
];

test("no password is printed, whatever stands around it", () => {
  const names = [...commands.map(({ name }) => name), "genSymKey -t 31", "exit", "y", "n", ""];
  const around = fc.array(fc.constantFrom(...names), { maxLength: 4 }).map((lines) => lines.join("\n"));
  const tool = fc.constantFrom("cloudhsm_mgmt_util" as const, "key_mgmt_util" as const, undefined);
  fc.assert(
    fc.property(around, fc.constantFrom(...withPassword), around, tool, (before, line, after, from) => {
      const translation = translated([before, line, after].join("\n"), from);
      expect(`${translationAsText(translation, paint).join("\n")}${translationAsJson(translation)}`).not.toContain(
        password,
      );
    }),
    { numRuns: 2000, seed: 11 },
  );
});
