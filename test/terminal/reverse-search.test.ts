import { describe, expect, test } from "vitest";
import { ReverseSearch } from "../../src/terminal/reverse-search.ts";

const history = ["listUsers", "syncUser 6 2", "info server 1", "info server 1", "help syncUser", "info server 0"];

/** A search in which each word extends the text, `^R` goes on and `<` takes a letter back. */
function searched(keys: string, present = "", lines = history): ReverseSearch {
  const search = new ReverseSearch([present, ...lines], present.length);
  for (const key of keys.split(" ")) {
    if (key === "^R") search.goOn();
    else if (key === "<") search.shorten();
    else for (const letter of key.replaceAll("_", " ")) search.extend(letter);
  }
  return search;
}

describe("a search finds", () => {
  test.each([
    ["the newest line", "info", "info server 1", 0],
    ["a place inside of a line", "User_6", "syncUser 6 2", 4],
    ["an older line", "info ^R", "info server 0", 0],
    ["of a line first the last place", "s", "listUsers", 8],
    ["then the others", "s ^R ^R", "listUsers", 2],
    ["the same place for more letters", "s ^R e", "listUsers", 5],
    ["nothing twice", "server_ ^R", "info server 0", 5],
    ["capitals for small letters", "syncuser", "syncUser 6 2", 0],
    ["only capitals for capitals", "User", "listUsers", 4],
    ["from there on, with a letter less", "sync < < <", "syncUser 6 2", 0],
  ])("%s", (_name, keys, found, column) => {
    const { found: line, column: at, failed } = searched(keys);
    expect({ line, at, failed }).toEqual({ line: found, at: column, failed: false });
  });

  test("the line that was typed first, before the cursor", () => {
    const search = searched("server", "info server 2");
    expect([search.found, search.line, search.column]).toEqual(["info server 2", 0, 5]);
    search.goOn();
    expect([search.found, search.line]).toEqual(["info server 1", 3]);
  });

  test("letters outside of ASCII as they are, and takes each of them back whole", () => {
    const lines = ["help İx", "help 日本", "help 👩‍🔧"];
    expect(searched("x", "", lines).column).toBe(6);
    expect(searched("日", "", lines).found).toBe("help 日本");
    expect(searched("👩 <", "", lines).text).toBe("");
  });
});

describe("a search that finds nothing", () => {
  test.each([
    ["of what was never there", "zz", "", "typed", 5],
    ["further", "syncuserx", "syncUser 6 2", "typed", 0],
    ["older", "help ^R ^R", "help syncUser", "", 0],
    ["in the other case", "listusersX", "listUsers", "", 0],
  ])("%s keeps what was found last", (_name, keys, found, present, column) => {
    const search = searched(keys, present);
    expect([search.failed, search.found, search.column]).toEqual([true, found === "" ? present : found, column]);
  });

  test.each([
    ["with one letter less", "syncuserx <", false],
    ["not with one of two letters less", "syncuserxy <", true],
    ["with more letters, where only older lines were missing", "listu ^R s", false],
  ])("goes on %s", (_name, keys, failed) => {
    expect(searched(keys).failed).toBe(failed);
  });
});
