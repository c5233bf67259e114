import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { keepShowing } from "../../../src/app/fleet/watch.ts";
import { Writer } from "../../../src/terminal/writer.ts";

/** What is written of pictures, to something of that height that moves its cursor or does not. */
async function written(pictures: readonly (readonly string[])[], movesCursor: boolean, rows?: number) {
  const stream = new PassThrough();
  const writer = new Writer(
    { stream, isTerminal: movesCursor, movesCursor, columns: () => undefined, rows: () => rows },
    () => undefined,
  );
  const ended = new AbortController();
  const left = [...pictures];
  const status = await keepShowing(writer, { signal: ended.signal, untilChanged: () => Promise.resolve() }, () => {
    const lines = left.shift() ?? [];
    if (left.length === 0) ended.abort();
    return Promise.resolve({ lines, status: left.length });
  });
  writer.flush();
  return { status, text: String(stream.read()) };
}

test("what has no cursor to move gets each picture that differs from the one before", async () => {
  expect(await written([["one"], ["one"], ["two", "three"]], false)).toEqual({ status: 0, text: "one\ntwo\nthree\n" });
});

test("a terminal gets as much of a picture as it has lines for, and is told how much is left out", async () => {
  const lines = ["one", "two", "three", "four"];
  const { text } = await written([lines], true, 4);
  expect(text.split("\u001b[K\n").slice(1, 3)).toEqual(["two", "... and 2 more lines"]);
  expect((await written([lines], true, 5)).text).toContain("four\u001b[K\n\u001b[?7h\u001b[J");
});
