import { expect, test } from "vitest";
import { wordEvent } from "../../src/simulator/audit-wording.ts";
import { readEvent } from "../../src/simulator/records/event-record.ts";
import { opcodes } from "../../src/simulator/records/opcode.ts";
import { returnCodes } from "../../src/hsm/return-code.ts";
import { eventOfText } from "../../src/store/sqlite/event-text.ts";

const whole = { time: 1795602845009408, opcode: "CN_LOGIN", session: 7, response: 0, user: { name: "a", type: "CU" } };

test.each([
  ["no JSON", "Time: 11/25/26"],
  ["no object", "1"],
  ["null", "null"],
  ["no time", JSON.stringify({ ...whole, time: undefined })],
  ["a time that is none", JSON.stringify({ ...whole, time: "now" })],
  ["an unknown operation", JSON.stringify({ ...whole, opcode: "CN_NOTHING" })],
  ["a member of every object as operation", JSON.stringify({ ...whole, opcode: "toString" })],
  ["a negative session", JSON.stringify({ ...whole, session: -1 })],
  ["an unknown response", JSON.stringify({ ...whole, response: 4354 })],
  ["a user without a name", JSON.stringify({ ...whole, user: { type: "CU" } })],
  ["a user that is a text", JSON.stringify({ ...whole, user: "a" })],
  ["an unknown type", JSON.stringify({ ...whole, user: { name: "a", type: "XX" } })],
  ["half a key", JSON.stringify({ ...whole, key: 1.5 })],
])("an event with %s is damage, and said to be so", (_, text) => {
  expect(readEvent({ sequence: 0, text: JSON.stringify(whole) })).toEqual({ sequence: 0, ...whole });
  expect(() => readEvent({ sequence: 0, text })).toThrow(
    expect.objectContaining({
      returnCode: "STORAGE_FAILURE",
      cause: expect.objectContaining({
        message: "an event of its audit log is not as this program writes it",
      }) as Error,
    }) as Error,
  );
});

const about = [
  {},
  { user: { name: "alice", type: "CU" } },
  { user: { name: "admin", type: "CO" } },
  { user: { name: "User Type : CN_CRYPTO_USER (1)", type: "AU" } },
  { user: { name: "", type: "PRECO" } },
  { user: { name: "line\nline \u2028 \u{1f511}".slice(0, 15) } },
  { key: 7 },
  { key: 0, publicKey: 262154 },
];

test("every event that earlier versions worded is read back, and worded as it was", () => {
  let count = 0;
  for (const opcode of Object.keys(opcodes)) {
    for (const { code } of Object.values(returnCodes)) {
      for (const details of about) {
        const sequence = count++;
        const record = { time: 1795602845009408 + count, opcode, session: count, response: code, ...details };
        const text = wordEvent(readEvent({ sequence, text: JSON.stringify(record) }));
        const back = readEvent({ sequence, text: eventOfText(text, sequence) });
        expect(wordEvent(back)).toBe(text);
        expect(back).toMatchObject({ time: record.time, opcode, session: count, response: code });
      }
    }
  }
  expect(count).toBeGreaterThan(5000);
});

test("a response that only an earlier version knew is told in its words", () => {
  const text = wordEvent(readEvent({ sequence: 3, text: JSON.stringify(whole) })).replace(
    "0:HSM Return: SUCCESS",
    "4354:HSM Error: Nobody is logged in on this HSM",
  );
  expect(wordEvent(readEvent({ sequence: 3, text: eventOfText(text, 3) }))).toBe(text);
});
