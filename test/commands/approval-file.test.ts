import { expect, test } from "vitest";
import { readApprovalFile } from "../../src/commands/files/approval-file.ts";

const lines = [
  "Multi Token File Path = officer1.token;",
  "Token File Path = ;",
  "Number of Approvals = 2;",
  "Approver Type = 2; # 2 for CO, 1 for CU",
  "Approver Name = officer1;",
  "Approval File = officer1.token.sig1;",
  "Approver Type = 1;",
  "Approver Name = bob;",
  "Approval File = folder with blanks/#2=x.sig;",
];
const expected = {
  tokenFile: "officer1.token",
  approvers: [
    { approver: { type: "CO", name: "officer1" }, signatureFile: "officer1.token.sig1" },
    { approver: { type: "CU", name: "bob" }, signatureFile: "folder with blanks/#2=x.sig" },
  ],
};

test.each([
  ["plain", lines.join("\n")],
  ["with CRLF, and a byte order mark", `\ufeff${lines.join("\r\n")}\r\n`],
  [
    "with comments and blank lines between",
    lines.map((line) => `# a = comment;\n\n  \t${line}   # another; one = two\n`).join(""),
  ],
  [
    "without blanks, in another case",
    lines.map((line) => line.replace(/ *= */, "=").replace(/^[^=]*/, (name) => name.toUpperCase())).join("\n"),
  ],
  [
    "with more blanks",
    lines.map((line) => line.replace(" = ", "\t  =   ").replace(";", "  ;").replace(" File", "   File")).join("\n"),
  ],
  [
    "with the token under its other name",
    lines
      .join("\n")
      .replace("Path = officer1.token;\nToken File Path = ;", "Path = ;\nToken File Path = officer1.token;"),
  ],
  ["with the token under both names", lines.join("\n").replace("Path = ;", "Path = officer1.token;")],
])("an approval file %s is read", (_kind, text) => {
  expect(readApprovalFile("approval.txt", text)).toEqual(expected);
});

test.each([
  ["", "approval.txt:1: Multi Token File Path is missing at the end"],
  [
    lines.join("\n").replace("Path = ;", "Path = other.token;"),
    "approval.txt:2: Token File Path must be empty, or the same as Multi Token File Path",
  ],
  [lines.join("\n").replace("= 2;", "= 0;"), "approval.txt:3: Number of Approvals must be a number from 1, got 0"],
  [lines.join("\n").replace("officer1;", "officer1; officer2;"), "approval.txt:5: only a # comment may follow the ;"],
  [lines.slice(0, 5).join("\n"), "approval.txt:5: Approval File is missing at the end"],
])("a broken approval file is told with its line (%#)", (text, message) => {
  expect(() => readApprovalFile("approval.txt", text)).toThrow(message);
});
