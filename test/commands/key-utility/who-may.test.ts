import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { returnCodes } from "../../../src/hsm/return-code.ts";
import { cluster, key, users } from "../../harness/backups.ts";
import { KeyShell, handleIn } from "../../harness/key-shell.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { withKey } from "./who-may-tables.ts";

const codes = {
  yes: returnCodes.SUCCESS.code,
  login: returnCodes.NOT_LOGGED_IN.code,
  denied: returnCodes.KEY_ACCESS_DENIED.code,
  approve: returnCodes.MXN_AUTH_FAILED.code,
  /** What is to be opened was not wrapped by it. */
  used: returnCodes.WRAPPED_DATA_INVALID.code,
  /** What is to be verified was not signed by it. */
  not: returnCodes.BAD_PKCS_DATA.code,
  /** It is a token key already. */
  kept: returnCodes.INVALID_INPUT.code,
  unknown: returnCodes.INVALID_OBJECT_HANDLE.code,
} as const;
type Word = keyof typeof codes;

const folder = mkdtempSync(join(tmpdir(), "key-who-may-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string): string => join(folder, name);

/** A key of each caller's own. */
const own = { owner: 91, sharee: 92, stranger: 93 } as const;

const lines: Readonly<Record<string, (handle: number, other: number) => string>> = {
  getKeyInfo: (handle) => `getKeyInfo -k ${String(handle)}`,
  findSingleKey: (handle) => `findSingleKey -k ${String(handle)}`,
  getAttribute: (handle) => `getAttribute -o ${String(handle)} -a 3 -out ${file("attribute")}`,
  extractMaskedObject: (handle) => `extractMaskedObject -o ${String(handle)} -out ${file("masked")}`,
  deleteKey: (handle) => `deleteKey -k ${String(handle)}`,
  exSymKey: (handle, common) => `exSymKey -k ${String(handle)} -w ${String(common)} -out ${file("exported")}`,
  wrapKey: (handle, common) => `wrapKey -k ${String(handle)} -w ${String(common)} -m 6 -out ${file("wrapped")}`,
  "wrapKey-under": (handle, common) => `wrapKey -k ${String(common)} -w ${String(handle)} -m 6 -out ${file("wrapped")}`,
  "unWrapKey-under": (handle) =>
    `unWrapKey -f ${file("plain")} -w ${String(handle)} -m 6 -noheader -l new -kc 4 -kt 31`,
  aesWrapUnwrap: (handle) => `aesWrapUnwrap -f ${file("plain")} -w ${String(handle)} -m 1 -out ${file("result")}`,
  sign: (handle) => `sign -f ${file("plain")} -k ${String(handle)} -m 17 -out ${file("signature")}`,
  verify: (handle) => `verify -f ${file("plain")} -s ${file("plain")} -k ${String(handle)} -m 17`,
  exportPrivateKey: (handle, common) =>
    `exportPrivateKey -k ${String(handle)} -w ${String(common)} -out ${file("pem")}`,
  exportPubKey: (handle) => `exportPubKey -k ${String(handle)} -out ${file("pem")}`,
  getCaviumPrivKey: (handle) => `getCaviumPrivKey -k ${String(handle)} -out ${file("handle")}`,
  "imSymKey-under": (handle) => `imSymKey -f ${file("plain")} -w ${String(handle)} -t 31 -l new`,
  "importPrivateKey-under": (handle) => `importPrivateKey -f ${file("private")} -w ${String(handle)} -l new`,
  setAttribute: (handle) => `setAttribute -o ${String(handle)} -a 1`,
};

/** What is typed at the questions of commands. */
const typed: Readonly<Record<string, string>> = { setAttribute: "1" };

interface Cell {
  readonly command: string;
  readonly caller: string;
  readonly session: boolean;
  readonly extractable: boolean;
  readonly mValue: number;
  readonly word: Word;
}

/** Which half of a pair a command takes; a secret key where none is named. */
const halves: Readonly<Record<string, "private" | "public">> = {
  sign: "private",
  verify: "public",
  exportPrivateKey: "private",
  exportPubKey: "public",
  getCaviumPrivKey: "private",
};

/** The cells of the table; a key of a session is nobody else's, and no M value is for it. */
function cellsOf(): readonly Cell[] {
  const [head = "", ...rows] = withKey.trim().split("\n");
  const callers = head.trim().split(/ +/).slice(0, 5);
  return rows.flatMap((row) => {
    const [command = "", ...words] = row.trim().split(/ +/);
    const [nex, approval] = words.slice(callers.length);
    return callers.flatMap((caller, column) =>
      [true, false].flatMap((extractable) =>
        [1, 2, "session"].map((kind): Cell => {
          const [mValue, session] = kind === "session" ? [1, true] : [Number(kind), false];
          let word = words[column] ?? "";
          if (word === "yes" || word === "used") {
            if (!extractable && nex !== "-") word = nex ?? "";
            else if (mValue > 1 && approval !== "-") word = approval ?? "";
            // Only what is on all HSMs is carried from one to another.
            else if (session && command === "extractMaskedObject") word = "unknown";
          }
          if (session && word === "kept") word = "yes";
          if (session && (caller === "sharee" || caller === "stranger")) word = "unknown";
          return { command, caller, session, extractable, mValue, word: word as Word };
        }),
      ),
    );
  });
}

/** The handles of the token keys. */
function handlesOf({ extractable, mValue }: Pick<Cell, "extractable" | "mValue">): {
  readonly secret: number;
  readonly private: number;
  readonly public: number;
} {
  const secret = 10 + (extractable ? 0 : 10) + mValue * 3;
  return { secret, private: secret + 1, public: secret + 2 };
}

let tested: TestedHsm;
beforeAll(async () => {
  const people = users(["CO", "officer"], ["CU", "owner"], ["CU", "sharee"], ["CU", "stranger"]);
  const made = [true, false].flatMap((extractable) =>
    [1, 2].flatMap((mValue) => {
      const { secret, private: privateKey, public: publicKey } = handlesOf({ extractable, mValue });
      const held = { owner: "owner", sharedWith: ["sharee"], extractable, mValue };
      return [
        key({ ...held, handle: secret, shape: { type: "AES", size: 256 } }),
        key({ ...held, handle: privateKey, publicHandle: publicKey, shape: { type: "EC", curve: "P-256" } }),
      ];
    }),
  );
  const others = Object.entries(own).map(([owner, handle]) =>
    key({ handle, owner, sharedWith: [], shape: { type: "AES", size: 256 } }),
  );
  tested = await TestedHsm.with(await cluster(people, [...made, ...others]));
  writeFileSync(file("plain"), Buffer.alloc(24, 7));
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(file("private"), privateKey.export({ type: "pkcs8", format: "pem" }));
});

/** The code that an answer ends with: of deleteKey that of the node, as its first line has the cluster's. */
function codeIn(printed: string): number {
  const found = [...printed.matchAll(/0x([\da-f]+)(?: : |$)/gm)].at(-1);
  if (found === undefined) throw new Error(`no code in ${printed}`);
  return Number.parseInt(found[1] ?? "", 16);
}

async function madeIn(shell: KeyShell, { command, extractable }: Cell): Promise<number> {
  const half = halves[command];
  const line =
    half === undefined ? "genSymKey -t 31 -s 32 -l temporary -sess" : "genECCKeyPair -i 2 -l temporary -sess";
  return handleIn(await shell.type(extractable ? line : `${line} -nex`), half && `${half} key handle:`);
}

test.each(cellsOf())(
  "$command by $caller, session key $session, extractable $extractable, M value $mValue: $word",
  async (cell) => {
    const { command, caller, session } = cell;
    const hsm = await tested.copy();
    const owner = new KeyShell([hsm]);
    await owner.type("loginHSM -u CU -s owner -p password");
    const handle = session ? await madeIn(owner, cell) : handlesOf(cell)[halves[command] ?? "secret"];
    const shell = caller === "owner" ? owner : new KeyShell([hsm]);
    const type = caller === "officer" ? "CO" : "CU";
    if (caller !== "nobody" && caller !== "owner") await shell.type(`loginHSM -u ${type} -s ${caller} -p password`);
    const other = own[caller as keyof typeof own] as number | undefined;
    const line = lines[command]?.(handle, other ?? own.owner) ?? "";
    expect(codeIn(await shell.type(line, typed[command] ?? ""))).toBe(codes[cell.word]);
  },
);
