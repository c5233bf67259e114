import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backup } from "../../src/simulator/cluster-image.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { cluster, key, users } from "../harness/backups.ts";
import { Killed } from "../harness/dying-home.ts";
import type { Keeper } from "../harness/keepers.ts";
import { KeyShell } from "../harness/key-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const folder = mkdtempSync(join(tmpdir(), "key-writes-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string): string => join(folder, name);

/** Lines of which the last one changes what HSMs hold. */
const changes: readonly (readonly string[])[] = [
  ["genSymKey -t 31 -s 32 -l new"],
  ["genECCKeyPair -i 2 -l new"],
  ["genRSAKeyPair -m 2048 -e 65537 -l new"],
  ["deleteKey -k 10"],
  ["genSymKey -t 31 -s 32 -l kept -sess", "setAttribute -o 6 -a 1", "1"],
  [`imSymKey -f ${file("plain")} -w 10 -t 31 -l new`],
  [`importPrivateKey -f ${file("private")} -w 10 -l new`],
  [`importPubKey -f ${file("public")} -l new`],
  [`wrapKey -k 10 -w 10 -m 6 -out ${file("wrapped")}`, `unWrapKey -f ${file("wrapped")} -w 10 -m 6`],
  [`extractMaskedObject -o 10 -out ${file("masked")}`, `insertMaskedObject -f ${file("masked")}`],
];

let content: Backup;
beforeAll(async () => {
  const keys = [key({ handle: 10, owner: "alice", sharedWith: [], shape: { type: "AES", size: 256 } })];
  content = await cluster(users(["CO", "admin"], ["CU", "alice"]), keys);
  writeFileSync(file("plain"), Buffer.alloc(32, 7));
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(file("private"), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(file("public"), publicKey.export({ type: "spki", format: "pem" }));
});

/** Keeps an HSM in memory, and ends whoever writes more often than is left. */
function keptWhile(writes: { left: number }): Keeper {
  const store = new MemoryStore();
  const dying: Store = {
    read: (work) => store.read(work),
    change: (work) => {
      if (writes.left <= 0) throw new Killed();
      writes.left--;
      return store.change(work);
    },
    check: () => store.check(),
    close: () => store.close(),
  };
  return { create: (work) => store.change(work), open: () => Promise.resolve(dying) };
}

/** Runs a change that is ended after so many writes; what each HSM holds then, and how many writes there were. */
async function run(lines: readonly string[], most: number): Promise<{ held: readonly string[]; writes: number }> {
  const writes = { left: Infinity };
  const hsms = [
    await TestedHsm.with(content, { keeper: keptWhile(writes) }),
    await TestedHsm.with(content, { keeper: keptWhile(writes), hsmId: "hsm-other" }),
  ];
  const shell = new KeyShell(hsms);
  await shell.type("loginHSM -u CU -s alice -p password");
  const isAnswered = lines.at(-1) === "1";
  const change = lines.slice(isAnswered ? -2 : -1);
  for (const line of lines.slice(0, -change.length)) await shell.type(line);
  const many = 1000;
  writes.left = Math.min(most, many);
  const before = writes.left;
  // Whoever is ended says so, or what is left of it answers for it.
  await shell.type(...change).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
  const used = before - writes.left;
  writes.left = Infinity;
  const held: string[] = [];
  for (const hsm of hsms) {
    const looking = await hsm.login("CU", "alice");
    held.push((await looking.hsm.making.search(looking.session, {})).join());
  }
  return { held, writes: used };
}

test.each(
  changes.map(
    (lines) =>
      [
        lines
          .filter((line) => line !== "1")
          .at(-1)
          ?.replaceAll(folder, "."),
        lines,
      ] as const,
  ),
)("%s, ended after any write, is done as a whole on an HSM or not at all, on the first one first", async (_, lines) => {
  const whole = await run(lines, Infinity);
  const none = await run(lines, 0);
  expect(whole.writes).toBeGreaterThan(1);
  expect(none.held).not.toEqual(whole.held);
  for (let most = 0; most < whole.writes; most++) {
    const { held } = await run(lines, most);
    const done = held.map((handles, at) => handles === whole.held[at]);
    held.forEach((handles, at) => {
      // The halves of a pair are made as one, and copied one after the other.
      const half = at === 1 && lines[0]?.includes("KeyPair") === true ? ["6,10"] : [];
      expect([none.held[at], whole.held[at], ...half]).toContain(handles);
    });
    expect(done[1] === true && done[0] === false).toBe(false);
  }
});
