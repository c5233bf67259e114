import { expect, test } from "vitest";
import { readHolders } from "../../../src/app/fleet/drill-holders.ts";

test("a process and the mark of its shell", () => {
  expect(readHolders("logins.json", '[{"pid":17,"shell":"0011223344556677"}]')).toEqual([
    { pid: 17, shell: "0011223344556677" },
  ]);
});

test.each([
  "",
  "{}",
  "[7]",
  '[{"pid":1,"shell":"a"}]',
  '[{"pid":-17,"shell":"a"}]',
  '[{"pid":0,"shell":"a"}]',
  '[{"pid":17}]',
])("%s would signal others, and is damaged", (text) => {
  expect(() => readHolders("logins.json", text)).toThrow("logins.json is damaged: end its sessions");
});
