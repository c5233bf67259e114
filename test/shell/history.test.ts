import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { History } from "../../src/shell/history.ts";
import { lines, temporaryFolder } from "../harness/program.ts";

const many = (count: number) => Array.from({ length: count }, (_, at) => `server ${String(at)}`);

describe("the history", () => {
  test("keeps a thousand lines in memory, the newest first", () => {
    const history = new History(undefined);
    for (const line of many(20_000)) history.add(line);
    expect(history.newestFirst).toHaveLength(1000);
    expect(history.newestFirst[0]).toBe("server 19999");
    expect(history.newestFirst.at(-1)).toBe("server 19000");
  });

  test("is shortened on disk where it has more than two thousand", () => {
    const file = join(temporaryFolder(), "history");
    writeFileSync(file, lines(...many(2001)), { mode: 0o600 });
    expect(new History(file).newestFirst[0]).toBe("server 2000");
    expect(readFileSync(file, "utf8")).toBe(lines(...many(2001).slice(-1000)));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is read where it cannot be shortened", () => {
    const folder = temporaryFolder();
    const file = join(folder, "history");
    writeFileSync(file, lines(...many(2001)));
    // No place for the shorter file: not even the superuser writes over a folder.
    mkdirSync(`${file}.${String(process.pid)}`);
    expect(new History(file).newestFirst).toHaveLength(1000);
    expect(readFileSync(file, "utf8")).toBe(lines(...many(2001)));
  });

  test.each([
    ["a named pipe", (file: string) => spawnSync("mkfifo", [file])],
    [
      "a device without end",
      (file: string) => {
        symlinkSync("/dev/zero", file);
      },
    ],
    [
      "a full device",
      (file: string) => {
        symlinkSync("/dev/full", file);
      },
    ],
    [
      "the terminal of nobody",
      (file: string) => {
        symlinkSync("/dev/tty", file);
      },
    ],
    [
      "a folder",
      (file: string) => {
        mkdirSync(file);
      },
    ],
    [
      "a link to itself",
      (file: string) => {
        symlinkSync(file, file);
      },
    ],
  ])("stays in the session where its file is %s", (_name, make) => {
    const file = join(temporaryFolder(), "history");
    make(file);
    const history = new History(file);
    history.add("info server 0");
    expect(history.newestFirst).toEqual(["info server 0"]);
  });

  test("leaves out lines that could do something to a terminal", () => {
    const file = join(temporaryFolder(), "history");
    writeFileSync(file, "info server 0\ninfo \u001b]0;title\u0007\nlist\u202eUsers\nlistUsers\n");
    expect(new History(file).newestFirst).toEqual(["listUsers", "info server 0"]);
  });

  test("reads the end of a file that is too large", () => {
    const file = join(temporaryFolder(), "history");
    writeFileSync(file, `${"x".repeat(5_000_000)}\nlistUsers\n`);
    expect(new History(file).newestFirst[0]).toBe("listUsers");
  });

  test("makes its folder and its file for nobody else", () => {
    const folder = join(temporaryFolder(), "state");
    const file = join(folder, "history");
    new History(file).add("listUsers");
    expect(existsSync(file)).toBe(true);
    expect([statSync(folder).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
  });
});
