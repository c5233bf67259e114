import { expect, test } from "vitest";
import { linesOf } from "../../src/command/single-command.ts";

test.each([
  {
    words: "loginHSM -u CU -s alice -p secret findKey -l x",
    lines: ["loginHSM -u CU -s alice -p secret", "findKey -l x"],
  },
  {
    words: "loginHSM -p secret -u CU -s alice -hpswd exit",
    lines: ["loginHSM -p secret -u CU -s alice -hpswd", "exit"],
  },
  { words: "loginHSM -h", lines: ["loginHSM -h"] },
  { words: "genSymKey -h", lines: ["genSymKey -h"] },
])("singlecmd $words is $lines.length lines", ({ words, lines }) => {
  expect(linesOf(words.split(" "))).toEqual(lines);
});
