import { readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { Linter } from "eslint";
import { expect, test } from "vitest";
import { root } from "../harness/program.ts";

/** The lines of eslint.rooms.js, and what lint makes of them. */
const { rooms, roomRules } = (await import(pathToFileURL(join(root, "eslint.rooms.js")).href)) as {
  readonly rooms: Readonly<Record<string, readonly string[]>>;
  readonly roomRules: readonly Linter.Config[];
};

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => path.replaceAll("\\", "/"));
const folders = [...new Set(sources.map((path) => dirname(path)))];

/** What lint says of a line in a file of a folder of src/. */
function complaints(folder: string, line: string): readonly string[] {
  const linter = new Linter({ cwd: root });
  const parsed = { files: ["**/*.ts"], languageOptions: { sourceType: "module" as const } };
  return linter
    .verify(line, [parsed, ...roomRules], { filename: join(root, "src", folder, "any.ts") })
    .map(({ message }) => message);
}

/** How a file of one folder names a file of another. */
function path(from: string, to: string): string {
  const relative = posix.relative(from, to);
  return `${relative.startsWith(".") ? relative : `./${relative}`}/any.ts`;
}

test("each folder with sources has a line, and no line is left of a folder that went", () => {
  expect(Object.keys(rooms).toSorted()).toEqual(folders.toSorted());
});

test.each(Object.entries(rooms))("src/%s may import what its line lists, and none of the others", (room, allowed) => {
  for (const other of folders) {
    if (other === room) continue;
    const expected: readonly unknown[] = allowed.includes(other) ? [] : [expect.stringContaining(`src/${room} may`)];
    const named = path(room, other);
    expect([other, ...complaints(room, `import { any } from "${named}"; any();`)]).toEqual([other, ...expected]);
    expect([other, ...complaints(room, `void import("${named}");`)]).toEqual([other, ...expected]);
    expect([other, ...complaints(room, `export { any } from "${named}";`)]).toEqual([other, ...expected]);
  }
  expect(complaints(room, 'import { any } from "./any.ts"; any();')).toEqual([]);
  expect(complaints(room, 'import { any } from "node:fs"; any();')).toEqual([]);
});

test("a folder without a line may import nothing but its own files", () => {
  expect(complaints("cellar", 'import { any } from "../hsm/any.ts"; any();')).toEqual([
    expect.stringContaining("This folder has no line in eslint.rooms.js"),
  ]);
  expect(complaints("cellar", 'import { any } from "./any.ts"; any();')).toEqual([]);
});

test("the device is known to those alone who make HSMs of it", () => {
  const users = Object.entries(rooms).filter(([room, allowed]) => {
    return !room.startsWith("simulator") && allowed.some((other) => other.startsWith("simulator"));
  });
  expect(users.map(([room]) => room).toSorted()).toEqual([
    "app",
    "app/board",
    "app/fleet",
    "fleet",
    "fleet/compare",
    "fleet/drills",
    "fleet/faults",
    "fleet/service",
  ]);
});
