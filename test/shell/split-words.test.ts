import { describe, expect, test } from "vitest";
import { printable } from "../../src/text/printable.ts";

describe("text that reaches a terminal shows ? for", () => {
  test.each([
    ["what sets the title", "\u001b]0;title\u0007", "?]0;title?"],
    ["what sets the clipboard", "\u001b]52;c;AA==\u001b\\", "?]52;c;AA==?\\"],
    ["control characters of one byte", "a\u009bb\u007fc\u0000d\re", "a?b?c?d?e"],
    ["text from right to left", "key\u202eexe.\u202c", "key?exe.?"],
    ["isolates", "\u2066a\u2069", "?a?"],
    ["marks of direction", "a\u200eb\u200fc\u061c", "a?b?c?"],
    ["what has no width", "ad\u200bmin\u200d\u2060\ufeff", "ad?min???"],
    ["a soft hyphen", "ad\u00admin", "ad?min"],
    ["tags", "a\u{e0041}b", "a?b"],
    ["separators of lines", "a\u2028b\u2029c", "a?b?c"],
  ])("%s", (_name, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test("nothing else", () => {
    const text = "tab\tline\nÄöü 鍵 مفتاح 🔑 !~";
    expect(printable(text)).toBe(text);
  });
});
