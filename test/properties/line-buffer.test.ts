import fc from "fast-check";
import { expect, test } from "vitest";
import { LineBuffer } from "../../src/terminal/line-buffer.ts";
import { type Answer, longestLine } from "../../src/terminal/line-reader.ts";

/** The lines of chunks that come one after the other; `greedy` asks after each, else only when all have come. */
function read(chunks: readonly Buffer[], greedy: boolean): readonly Answer[] {
  const buffer = new LineBuffer();
  const answers: Answer[] = [];
  const takeAll = (): void => {
    for (let next = buffer.take(); next !== undefined && next.kind !== "end"; next = buffer.take()) answers.push(next);
  };
  for (const chunk of chunks) {
    buffer.push(Buffer.from(chunk));
    if (greedy) takeAll();
  }
  buffer.end();
  takeAll();
  expect(buffer.take()).toEqual({ kind: "end" });
  return answers;
}

/** The lines as a splitter of text sees them: CRLF, CR or LF behind each, and a last one without. */
function split(bytes: Buffer): readonly Answer[] {
  const texts = bytes.toString("latin1").split(/\r\n|\r|\n/);
  if (texts.at(-1) === "") texts.pop();
  return texts.map((latin): Answer => {
    const line = Buffer.from(latin, "latin1");
    return line.length > longestLine
      ? { kind: "tooLong", longest: longestLine }
      : { kind: "line", text: line.toString("utf8") };
  });
}

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("\n", "\r", "\r\n", "\n\r", "ä", "listUsers", "") },
  {
    weight: 1,
    arbitrary: fc.integer({ min: longestLine - 2, max: longestLine + 2 }).map((length) => "x".repeat(length)),
  },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 20 }) },
);
const bytes = fc
  .array(piece, { maxLength: 30 })
  .map((pieces) => Buffer.concat(pieces.map((each) => Buffer.from(each))));

test("however bytes are cut into chunks, the lines are the same", () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.nat()), fc.boolean(), (all, cuts, greedy) => {
      const places = [...new Set(cuts.map((cut) => cut % (all.length + 1)))].sort((one, other) => one - other);
      const chunks = [0, ...places].map((from, index) => all.subarray(from, places[index] ?? all.length));
      expect(read(chunks, greedy)).toEqual(split(all));
    }),
    { numRuns: 500 },
  );
});

test("bytes that come one by one are the same lines", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("\r", "\n", "a", "é")), (pieces) => {
      const all = Buffer.from(pieces.join(""));
      expect(
        read(
          [...all].map((byte) => Buffer.of(byte)),
          true,
        ),
      ).toEqual(split(all));
    }),
  );
});
