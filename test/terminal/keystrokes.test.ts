import { expect, test } from "vitest";
import { KeyDecoder, endsSession } from "../../src/terminal/keystrokes.ts";

const [nul, controlD, lineFeed, carriageReturn] = [0x00, 0x04, 0x0a, 0x0d];

test("a NUL is the Ctrl-D that was typed ahead, until the terminal had nothing to give", () => {
  const keys = new KeyDecoder();
  expect(keys.decode(nul)).toBe(controlD);
  keys.waited();
  expect(keys.decode(nul)).toBe(nul);
  expect(keys.decode(controlD)).toBe(controlD);
});

test("CR, LF and CRLF are one Enter each", () => {
  const keys = new KeyDecoder();
  const typed = [carriageReturn, lineFeed, lineFeed, carriageReturn, carriageReturn, lineFeed, 0x61, lineFeed];
  expect(typed.map((byte) => keys.decode(byte))).toEqual([
    carriageReturn,
    undefined,
    lineFeed,
    carriageReturn,
    carriageReturn,
    undefined,
    0x61,
    lineFeed,
  ]);
});

test.each([
  ["quit\r", true],
  ["  QU \n", true],
  ["info\rq\r", true],
  ["info\u0004", true],
  ["qu\t\r", true],
  ["\u0012qui\r", true],
  ["\u001b[A\r", true],
  ["\u001bOB\r", true],
  ["\u0010\u000e\r", true],
  ["quit", false],
  ["quit\rinfo\r", false],
  ["info\t\r", false],
  ["info\u001b[D\r", false],
  ["\u0012qui", false],
  ["\u0012qui\u0003info\r", false],
])("whether %j may end the session is %s", (typed, ends) => {
  expect(endsSession([...Buffer.from(typed)])).toBe(ends);
});
