import { expect, test } from "vitest";
import { library } from "../../src/store/sqlite/library.ts";

test("the library of the store is loaded once, and leaves Node's report as it was", () => {
  const { report } = process;
  const before = Object.getOwnPropertyDescriptor(process, "report");
  const Library = library();
  expect(library()).toBe(Library);
  expect(Object.getOwnPropertyDescriptor(process, "report")).toEqual(before);
  expect(process.report).toBe(report);
  const database = new Library(":memory:");
  expect(database.prepare("SELECT 1 AS one").get()).toMatchObject({ one: 1 });
  database.close();
});
