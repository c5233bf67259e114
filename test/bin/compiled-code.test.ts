import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Finished, keyProgram, lines, program, runPiped, temporaryFolder } from "../harness/program.ts";

const tampered = "THIS IS OTHER CODE";

const users =
  "[{ id: 1, type: CO, name: admin, password: Rehearse1 }, { id: 3, type: CU, name: alice, password: alice12345 }]";

/** Nothing is created that takes time. */
const configuration = `clusters: [{ id: c1, passwordCost: 10, users: ${users}, hsms: [{ id: hsm-1, hostname: 10.0.0.1 }] }]`;

/** The shells that keep compiled code, and a session of each. */
const shells = {
  cloudhsm_mgmt_util: {
    file: program,
    words: (config: string): readonly string[] => [config],
    input: lines("listUsers", "quit"),
  },
  key_mgmt_util: {
    file: keyProgram,
    words: (config: string): readonly string[] => [
      ...["--config", config, "singlecmd"],
      ...["loginHSM", "-u", "CU", "-s", "alice", "-p", "alice12345"],
      "listUsers",
    ],
    input: "",
  },
} as const;

/** A home whose start kept compiled code; what that printed, and the file that holds it. */
interface Started {
  readonly home: string;
  readonly first: Finished;
  readonly entry: string;
}

/** The head of an entry, and the compiled code that is in it twice. */
function partsOf(entry: string): { readonly head: Buffer; readonly code: Buffer } {
  const bytes = readFileSync(entry);
  const start = bytes.indexOf("\n") + 1;
  return { head: bytes.subarray(0, start), code: bytes.subarray(start, start + (bytes.length - start) / 2) };
}

/** An entry whose code is of another program that V8 cannot tell from the right one: it looks at the length alone. */
function otherCode(entry: string): Buffer {
  const { head } = partsOf(entry);
  const file = /(\/.*)\n$/.exec(head.toString("utf8"))?.[1] ?? "";
  const compile = `
    const { wrap } = require("node:module");
    const source = wrap(require("node:fs").readFileSync(process.argv[1], "latin1"));
    const other = wrap('process._rawDebug("${tampered}");').slice(0, -3).padEnd(source.length - 3) + "\\n})";
    process.stdout.write(new (require("node:vm").Script)(other, { filename: process.argv[1] }).createCachedData());`;
  const code = execFileSync(process.execPath, ["-e", compile, file]);
  return Buffer.concat([head, code, code]);
}

const distrusted: Readonly<Record<string, (entry: string) => void>> = {
  "the group can write": (entry) => {
    chmodSync(entry, 0o620);
  },
  "everybody can write": (entry) => {
    chmodSync(entry, 0o602);
  },
  "a link leads to": (entry) => {
    renameSync(entry, `${entry}-elsewhere`);
    symlinkSync(`${entry}-elsewhere`, entry);
  },
  ...(process.getuid?.() === 0 && {
    "another user owns": (entry: string) => {
      chownSync(entry, 65534, 65534);
    },
  }),
};

const damages: Readonly<Record<string, (parts: { readonly head: Buffer; readonly code: Buffer }) => Buffer>> = {
  "with another byte": ({ head, code }) => {
    const other = Buffer.from(code);
    other.writeUInt8(other.readUInt8(5000) ^ 0x5a, 5000);
    return Buffer.concat([head, other, code]);
  },
  "cut short": ({ head, code }) => Buffer.concat([head, code, code.subarray(0, 1000)]),
  "of zeros": ({ head, code }) => Buffer.concat([head, Buffer.alloc(code.length * 2)]),
  "of nothing": ({ head }) => head,
  empty: () => Buffer.alloc(0),
  "of another build": ({ head, code }) => Buffer.concat([Buffer.from(`1 ${head.toString("utf8")}`), code, code]),
  "of another Node": ({ head, code }) =>
    Buffer.concat([Buffer.from(head.toString("utf8").replace(process.version, "v1.2.3")), code, code]),
};

describe.each(Object.entries(shells))("%s", (_, { file, words, input }) => {
  /** What a session prints, beyond which no cache may change anything. */
  function session(home: string, environment = {}): Promise<Finished> {
    const config = join(home, "cluster.yaml");
    writeFileSync(config, configuration);
    return runPiped({ words: words(config), home, environment }, input, file);
  }

  let template: Started;

  beforeAll(async () => {
    const home = mkdtempSync(join(tmpdir(), "cloudhsm-"));
    const first = await session(home);
    const state = join(home, "state", "cloudhsm_mgmt_util");
    const [name = "", ...others] = readdirSync(state).filter((each) => each.startsWith("code-"));
    expect(others).toEqual([]);
    template = { home, first, entry: join("state", "cloudhsm_mgmt_util", name) };
  });

  afterAll(() => {
    rmSync(template.home, { recursive: true, force: true });
  });

  /** A home of its own for each test. */
  function started(): Started {
    const home = temporaryFolder();
    cpSync(template.home, home, { recursive: true });
    return { home, first: template.first, entry: join(home, template.entry) };
  }

  test("compiled code is kept for this user alone, and changes nothing that is seen", async () => {
    const { home, first, entry } = started();
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(statSync(entry).mode & 0o777).toBe(0o600);
    const { mtimeMs } = statSync(entry);
    expect(await session(home)).toEqual(first);
    expect(statSync(entry).mtimeMs).toBe(mtimeMs);
  });

  test("help is no session: nothing is kept of it", async () => {
    const home = temporaryFolder();
    expect(await runPiped({ words: ["--version"], home }, "")).toMatchObject({ status: 0 });
    expect(existsSync(join(home, "state"))).toBe(false);
  });

  test("code that was kept is run: what follows is no empty fear", async () => {
    const { home, entry } = started();
    writeFileSync(entry, otherCode(entry));
    expect((await session(home)).stderr).toContain(tampered);
  });

  test.each(Object.entries(distrusted))("code that %s is not run", async (_what, change) => {
    const { home, first, entry } = started();
    writeFileSync(entry, otherCode(entry));
    change(entry);
    expect(await session(home)).toEqual(first);
  });

  test.each(Object.entries(damages))("an entry %s is not run, and is made anew", async (_what, damage) => {
    const { home, first, entry } = started();
    const parts = partsOf(entry);
    writeFileSync(entry, damage(parts));
    expect(await session(home)).toEqual(first);
    expect(partsOf(entry).head).toEqual(parts.head);
    expect(partsOf(entry).code.length).toBeGreaterThan(10_000);
  });

  test("without a folder for its state the program runs all the same", async () => {
    const home = temporaryFolder();
    const state = join(home, "state");
    writeFileSync(state, "a file is in the way");
    expect(await session(home)).toMatchObject({ status: 0, stderr: "" });
    mkdirSync(join(home, "bare"));
    const bare = { XDG_STATE_HOME: undefined, HOME: "/nonexistent" };
    expect(await session(join(home, "bare"), bare)).toMatchObject({ status: 0, stderr: "" });
  });
});

test("a session of the key shell without a login is not like most: nothing is kept of it", async () => {
  const home = temporaryFolder();
  const config = join(home, "cluster.yaml");
  writeFileSync(config, configuration);
  expect(await runPiped({ words: [config], home }, lines("exit"), keyProgram)).toMatchObject({ status: 0 });
  const state = readdirSync(join(home, "state", "cloudhsm_mgmt_util"));
  expect(state.filter((name) => name.startsWith("code-"))).toEqual([]);
});
