import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { environmentOf, lines, root, temporaryFolder } from "../harness/program.ts";

/** A copy of what a clone has, to be built and changed. */
function clone({ installed }: { readonly installed: boolean }): string {
  const folder = temporaryFolder();
  for (const name of ["src", "scripts", "config", "LICENSE", "package.json", "package-lock.json", "tsconfig.json"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  if (installed) symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function buildIn(folder: string): void {
  execFileSync(process.execPath, [join(folder, "scripts", "build.mjs")], { stdio: "pipe" });
}

/** Another version of the program. */
function edit(folder: string, word: string): void {
  const file = join(folder, "src", "dialects", "aws", "shell.ts");
  const text = readFileSync(file, "utf8");
  const changed = text.replace("it may take time", word);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
}

function chunkFolders(folder: string): readonly string[] {
  return readdirSync(join(folder, "dist"), { withFileTypes: true })
    .filter((found) => found.isDirectory())
    .map(({ name }) => name);
}

function start(words: readonly string[], home: string, path = process.env["PATH"]) {
  const env = environmentOf({ words: [], home, environment: { PATH: path } });
  const child = spawn(process.execPath, words, { env, stdio: "pipe" });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let output = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, ended, output: () => output, complaints: () => complaints };
}

test("a shell that runs does not notice that the program is built anew, nor what was built before goes too soon", async () => {
  const folder = clone({ installed: true });
  buildIn(folder);
  const [first = ""] = chunkFolders(folder);
  const main = join(folder, "dist", "main.js");
  const config = join(folder, "config", "cluster.yaml");
  const shell = start([main, config], temporaryFolder());
  await expect.poll(shell.output, { timeout: 60_000 }).toContain("aws-cloudhsm>");

  edit(folder, "another version");
  buildIn(folder);
  // What logging in, reading options, keys and certificates take is loaded only now.
  shell.child.stdin.end(lines("loginHSM CO admin co12345", "server 0", "syncUser 6 1", "exit", "quit"));
  expect(await shell.ended).toBe(0);
  expect(shell.output()).toContain("syncUser success");
  const next = start([main, config], temporaryFolder());
  next.child.stdin.end(lines("quit"));
  await next.ended;
  expect(next.output()).toContain("another version");
  expect(chunkFolders(folder)).toHaveLength(2);
  expect(readFileSync(join(folder, "dist", ".npmignore"), "utf8")).toContain(`/${first}\n`);

  const longAgo = Date.now() / 1000 - 8 * 24 * 60 * 60;
  utimesSync(join(folder, "dist", first), longAgo, longAgo);
  buildIn(folder);
  expect(chunkFolders(folder)).toHaveLength(1);
});

/** Starts a new clone whose npm takes a while and is not to be run twice. */
function startNew(folder: string, home: string) {
  const place = join(folder, "bin");
  if (!existsSync(place)) {
    cpSync(join(root, "test", "harness", "slow-npm"), join(place, "npm"));
  }
  const shell = start(
    [join(folder, "scripts", "start.mjs"), "--version"],
    home,
    `${place}:${process.env["PATH"] ?? ""}`,
  );
  return shell;
}

test("first starts of one clone at once wait for each other, and say so", async () => {
  const folder = clone({ installed: false });
  writeFileSync(join(folder, "modules"), join(root, "node_modules"));
  const shells = [1, 2, 3].map(() => startNew(folder, temporaryFolder()));
  expect(await Promise.all(shells.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  expect(readFileSync(join(folder, "installs"), "utf8")).toBe("begin\nend\n");
  const waiting = shells.filter(({ complaints }) => /waiting for process \d+/.test(complaints()));
  expect(waiting).toHaveLength(2);
  for (const { output } of shells) expect(output()).toContain("cloudhsm_mgmt_util 1.");
  expect(existsSync(join(folder, ".preparing"))).toBe(false);
});

test("the lock of a process that is gone keeps nobody waiting", async () => {
  const folder = clone({ installed: false });
  writeFileSync(join(folder, "modules"), join(root, "node_modules"));
  const gone = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
  writeFileSync(join(folder, ".preparing"), gone);
  const shells = [1, 2, 3].map(() => startNew(folder, temporaryFolder()));
  expect(await Promise.all(shells.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  expect(readFileSync(join(folder, "installs"), "utf8")).toBe("begin\nend\n");
});

test("the licence of every package whose code is bundled is in dist/", async () => {
  // What libraries ask for only where a feature of theirs is used, as none is here.
  const fastify = ["pino", "@fastify/ajv-compiler", "@fastify/fast-json-stringify-compiler", "light-my-request"];
  const options = {
    absWorkingDir: root,
    entryPoints: ["src/bin/program.ts", "src/bin/fleet-program.ts"],
    outdir: "dist",
    external: ["libsql", "@colors/colors/safe", ...fastify],
  };
  const { metafile } = await build({
    ...options,
    bundle: true,
    metafile: true,
    platform: "node",
    write: false,
    logLevel: "error",
  });
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  expect(packages.size).toBeGreaterThan(20);
  const licences = readFileSync(join(root, "dist", "THIRD-PARTY-LICENSES"), "utf8").split(/^-{80}$/m);
  for (const name of packages) {
    const own = licences.find((part) => part.trimStart().startsWith(`${name} `));
    expect(own, name).toMatch(/Permission (is hereby granted|to use, copy)|Redistribution and use|Apache License/);
  }
});

test("a program whose files are gone ends with one line and status 1", async () => {
  const folder = temporaryFolder();
  cpSync(join(root, "dist", "main.js"), join(folder, "main.js"));
  const shell = start([join(folder, "main.js")], temporaryFolder());
  expect(await shell.ended).toBe(1);
  expect(shell.complaints()).toMatch(/^cloudhsm_mgmt_util: unexpected error: Cannot find module .*\n$/);
});
