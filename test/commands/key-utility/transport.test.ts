import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cluster, users } from "../../harness/backups.ts";
import { KeyShell, handleIn } from "../../harness/key-shell.ts";
import { keptMaterial } from "../../harness/kept-material.ts";
import { openssl } from "../../harness/openssl.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const folder = mkdtempSync(join(tmpdir(), "key-transport-"));
const path = (name: string): string => join(folder, name);

let hsms: readonly [TestedHsm, TestedHsm];
let shell: KeyShell;
/** The handle of the wrapping key, whose bytes are in the file "kek". */
let kek: number;
const aes = randomBytes(32);

beforeAll(async () => {
  const content = await cluster(users(["CO", "admin"], ["CU", "alice"]));
  hsms = [await TestedHsm.with(content), await TestedHsm.with(content, { hsmId: "hsm-other" })];
  shell = new KeyShell(hsms);
  await shell.type("loginHSM -u CU -s alice -p password");
  kek = handleIn(await shell.type("genSymKey -t 31 -s 32 -l kek"));
  await shell.type(`exSymKey -k ${String(kek)} -w ${String(kek)} -out ${path("kek")}`);
  writeFileSync(path("aes"), aes);
  writeFileSync(path("rsa"), openssl(["genrsa", "2048"]));
  writeFileSync(path("public"), openssl(["pkey", "-in", path("rsa"), "-pubout"]));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Types a command, with the files and the wrapping key in their places: @name and %w. */
function type(line: string): Promise<string> {
  return shell.type(line.replace(/@([\w.]+)/g, (_, name: string) => path(name)).replaceAll("%w", String(kek)));
}

const success = "HSM Return: SUCCESS";
const everyNode = `\tCluster Status:\n\tNode id 0 status: 0x00000000 : ${success}\n\tNode id 1 status: 0x00000000 : ${success}\n`;
const imported =
  `\tCfm3ImportWrapKey returned: 0x00 : ${success}\n\n\tCfm3CreateUnwrapTemplate2 returned: 0x00 : ${success}\n\n` +
  `\tCfm3ImportUnWrapKey: 0x00 : ${success}\n\n`;

describe("a secret key", () => {
  it("is imported and exported, by the HSM or with a file of the wrapping key", async () => {
    const printed = await type("imSymKey -f @aes -w %w -t 31 -l imported -attest");
    const handle = handleIn(printed);
    expect(printed).toBe(
      `\n${imported}\tSymmetric Key Imported.  Key Handle: ${String(handle)}\n\n\tAttestation Check : [PASS]\n\n${everyNode}\n`,
    );
    for (const hsm of hsms) expect(await keptMaterial(hsm, handle)).toEqual(aes);
    const withFile = handleIn(await type("imSymKey -f @aes -w %w -t 31 -l imported -wk @kek"));
    expect(await keptMaterial(hsms[0], withFile)).toEqual(aes);
    writeFileSync(path("out"), "what was there", { mode: 0o644 });
    expect(await type(`exSymKey -k ${String(handle)} -w %w -out @out`)).toBe(
      `\n\tCfm3ExportWrapKeyWithMech returned: 0x00 : ${success}\n\n\tCfm3ExportUnwrapKeyWithMech returned: 0x00 : ${success}\n\n` +
        `Exported Symmetric Key written to file "${path("out")}"\n\n`,
    );
    expect(readFileSync(path("out"))).toEqual(aes);
    expect(statSync(path("out")).mode & 0o777).toBe(0o600);
    expect(await type(`exSymKey -k ${String(handle)} -w %w -out @again -wk @kek -m 4`)).not.toContain("Unwrap");
    expect(readFileSync(path("again"))).toEqual(aes);
  });

  it("is neither, where the file has another wrapping key", async () => {
    const handle = handleIn(await type("imSymKey -f @aes -w %w -t 31 -l imported"));
    expect(await type("imSymKey -f @aes -w %w -t 31 -l imported -wk @aes")).toBe(
      `\n\tCfm3ImportWrapKey returned: 0x00 : ${success}\n\n\tCfm3CreateUnwrapTemplate2 returned: 0x00 : ${success}\n\n` +
        "\tCfm3ImportUnWrapKey: 0x1170 : HSM Error: Wrapped data is not valid\n\n" +
        "\tCluster Status:\n\tNode id 0 status: 0x00001170 : HSM Error: Wrapped data is not valid\n\n",
    );
    const refused = await type(`exSymKey -k ${String(handle)} -w %w -out @none -wk @aes`);
    expect(refused).toContain("does not open what the HSM wrapped");
    expect(shell.last?.outcome).toBe("failed");
    expect(readdirSync(folder)).not.toContain("none");
  });

  it("is refused where the HSM refuses to wrap it, or takes no such key", async () => {
    const unknown = await type("imSymKey -f @aes -w 99 -t 31 -l imported");
    expect(unknown).toContain("\tCfm3ImportWrapKey returned: 0xa8 : HSM Error: Invalid object handle");
    expect(unknown).not.toContain("Template");
    expect(unknown).toContain("\tNode id 0 status: 0x000000a8 : ");
    expect(await type("imSymKey -f @rsa -w %w -t 31 -l imported")).toContain("\tCfm3ImportUnWrapKey: 0xb3 : ");
    expect(await type("imSymKey -f @aes -w %w -t 16 -l imported")).toContain("Error: Key type (-t) is not valid.");
    const kept = handleIn(await type("genSymKey -t 31 -s 32 -l kept -nex"));
    expect(await type(`exSymKey -k ${String(kept)} -w %w -out @none`)).toBe(
      "\n\tCfm3ExportWrapKeyWithMech returned: 0xc6 : HSM Error: Key Access is denied\n\n",
    );
    expect(readdirSync(folder)).not.toContain("none");
  });
});

describe("a private key", () => {
  const forms: readonly (readonly [string, () => Buffer])[] = [
    ["PKCS #8", () => openssl(["pkey", "-in", path("rsa")])],
    ["PKCS #1", () => openssl(["rsa", "-in", path("rsa"), "-traditional"])],
    [
      "with a bag's words before it",
      () => Buffer.concat([Buffer.from("Bag Attributes\n  x: y\n"), readFileSync(path("rsa"))]),
    ],
    ["EC behind its parameters", () => openssl(["ecparam", "-name", "prime256v1", "-genkey"])],
    ["EC P-521", () => openssl(["ecparam", "-name", "secp521r1", "-genkey", "-noout"])],
    ["EC P-224", () => openssl(["ecparam", "-name", "secp224r1", "-genkey", "-noout"])],
  ];

  it.each(forms)("is imported and exported: %s", async (_, write) => {
    const pem = write();
    writeFileSync(path("private"), pem);
    const length = openssl(["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"], pem).length;
    const printed = await type("importPrivateKey -l private -f @private -w %w");
    const handle = String(handleIn(printed));
    expect(printed).toBe(
      `\nBER encoded key length is ${String(length)}\n\n${imported}\tPrivate Key Imported.  Key Handle: ${handle}\n\n${everyNode}\n`,
    );
    expect(await type(`exportPrivateKey -k ${handle} -w %w -out @private.out`)).toContain(
      `\n\nPEM formatted private key is written to ${path("private.out")}\n\n`,
    );
    expect(openssl(["pkey", "-in", path("private.out"), "-pubout", "-check"]).toString()).toBe(
      `Key is valid\n${openssl(["pkey", "-pubout"], pem).toString()}`,
    );
  });

  it("is refused with a pass phrase, with none in the file, and as a secret one", async () => {
    writeFileSync(path("locked"), openssl(["pkcs8", "-topk8", "-in", path("rsa"), "-passout", "pass:secret"]));
    expect(await type("importPrivateKey -l x -f @locked -w %w")).toContain("is protected by a pass phrase");
    expect(await type("importPrivateKey -l x -f @public -w %w")).toContain("holds no private key in PEM");
    writeFileSync(path("weak"), openssl(["genrsa", "1024"]));
    expect(await type("importPrivateKey -l x -f @weak -w %w")).toContain("\tCfm3ImportUnWrapKey: 0xb3 : ");
    expect(await type("exportPrivateKey -k %w -w %w -out @none")).toContain("returned: 0x1161 : ");
  });
});

describe("a public key", () => {
  it("is imported and exported as it was", async () => {
    const printed = await type("importPubKey -l public -f @public");
    const handle = handleIn(printed);
    expect(printed).toBe(
      `\n\tCfm3CreatePublicKey returned: 0x00 : ${success}\n\nPublic Key Handle: ${String(handle)}\n\n${everyNode}\n`,
    );
    expect(await type(`exportPubKey -k ${String(handle)} -out @public.out`)).toBe(
      `\nPEM formatted public key is written to ${path("public.out")}\n\n\tCfm3ExportPubKey returned: 0x00 : ${success}\n\n`,
    );
    expect(readFileSync(path("public.out"))).toEqual(readFileSync(path("public")));
    expect(await type("importPubKey -l public -f @rsa")).toContain("holds no public key in PEM");
    expect(await type("exportPubKey -k %w -out @none")).toContain("Cfm3ExportPubKey returned: 0x1161 : ");
  });
});

describe("a wrapped key", () => {
  const ways = ["-m 4", "-m 5", "-m 6", "-m 10", "-m 11", "-m 10 -aad @aes", "-m 11 -aad @aes"];

  it.each(ways)("comes back by its header: %s", async (method) => {
    const key = handleIn(await type("imSymKey -f @aes -w %w -t 31 -l wrapped"));
    const printed = await type(`wrapKey -k ${String(key)} -w %w -out @wrapped ${method}`);
    const { size } = statSync(path("wrapped"));
    expect(printed).toBe(
      `\n\tCfm2WrapKey5 returned: 0x00 : ${success}\n\n\tKey Wrapped.\n\n` +
        `\tWrapped Key written to file "${path("wrapped")}" length ${String(size)}\n\n`,
    );
    const back = await type(`unWrapKey -f @wrapped -w %w ${method}`);
    const handle = handleIn(back);
    expect(back).toBe(
      `\n\tCfm3UnWrapKey returned: 0x00 : ${success}\n\n\tKey Unwrapped.  Key Handle: ${String(handle)}\n\n${everyNode}\n`,
    );
    expect(await keptMaterial(hsms[1], handle)).toEqual(aes);
    await type(`getAttribute -o ${String(handle)} -a 3 -out @label`);
    expect(readFileSync(path("label"), "utf8")).toBe("OBJ_ATTR_LABEL\nwrapped\n");
  });

  const bare = [
    ["-m 4", 40 + 0],
    ["-m 4 -i A6A6A6A6A6A6A6A6", 40],
    ["-m 5 -i A6A6A6A6A6A6A6A6", 40],
    ["-m 6", 40],
    ["-m 10 -iv_file @iv -tag_size 12", 44],
    ["-m 11 -tag_size 8", 52],
  ] as const;

  it.each(bare)("comes back by what is said of it: %s", async (method, length) => {
    const key = handleIn(await type("imSymKey -f @aes -w %w -t 31 -l wrapped"));
    await type(`wrapKey -k ${String(key)} -w %w -noheader -out @wrapped ${method}`);
    // PKCS #5 fills up what needs it not.
    expect(statSync(path("wrapped")).size).toBe(method.startsWith("-m 4") ? 48 : length);
    const back = await type(`unWrapKey -f @wrapped -w %w -noheader -l new -kc 4 -kt 31 ${method}`);
    expect(back).toContain(
      `Template2 returned: 0x00 : ${success}\n\n\tCfm2UnWrapWithTemplate3 returned: 0x00 : ${success}\n`,
    );
    expect(await keptMaterial(hsms[0], handleIn(back))).toEqual(aes);
    expect(await type(`unWrapKey -f @wrapped -w %w ${method.split(" -")[0] ?? ""}`)).toContain(
      `Error: ${path("wrapped")} has no header that says what key it is: give -noheader, -l, -kc and -kt.`,
    );
  });

  it("goes under an RSA key, as other tools wrap", async () => {
    const privateKey = handleIn(await type("importPrivateKey -l rsa -f @rsa -w %w"));
    const words = ["pkeyutl", "-encrypt", "-pubin", "-inkey", path("public"), "-pkeyopt", "rsa_padding_mode:oaep"];
    writeFileSync(path("wrapped"), openssl([...words, "-pkeyopt", "rsa_oaep_md:sha256"], aes));
    const from = `unWrapKey -f @wrapped -w ${String(privateKey)} -m 8 -noheader -l new -kc 4 -kt 31`;
    expect(await keptMaterial(hsms[0], handleIn(await type(`${from} -t 3`)))).toEqual(aes);
    expect(await type(from)).toContain(
      "Cfm2UnWrapWithTemplate3 returned: 0x1170 : HSM Error: Wrapped data is not valid",
    );
    expect(await type(from.replace("-kc 4 -kt 31", "-kc 3 -kt 0"))).toContain("returned: 0x1161 : ");
  });

  const wrong = [
    ["wrapKey -k 6 -w 6 -out @none", "Error: Mechanism (-m) is missing."],
    ["wrapKey -k 6 -w 6 -out @none -m 9", "Error: Mechanism (-m) is not valid."],
    ["wrapKey -k 6 -w 6 -out @none -m 10 -noheader", "Error: IV file (-iv_file) is missing."],
    ["wrapKey -k 6 -w 6 -out @none -m 4 -i A6A6A6A6A6A6A6A6", "Error: Wrapping IV (-i) is only for mechanism 4 and 5"],
    ["wrapKey -k 6 -w 6 -out @none -m 4 -noheader -i 0000000000000000", "Error: Wrapping IV (-i) is not valid."],
    ["wrapKey -k 6 -w 6 -out @none -m 6 -t 3", "Error: Hash type (-t) is only for mechanism 7 and 8."],
    ["wrapKey -k 6 -w 6 -out @none -m 4 -aad @aes", "Error: AAD file (-aad) is only for mechanism 10 and 11."],
    ["wrapKey -k 6 -w 6 -out @none -m 11 -noheader -tag_size 9", "Error: Tag size (-tag_size) is not valid."],
    ["unWrapKey -f @aes -w 6 -m 4 -noheader", "Error: Label (-l) is missing.\nError: Key class (-kc) is missing."],
    ["unWrapKey -f @aes -w 6 -m 4 -kt 31", "Error: Key type (-kt) is only for keys without a header"],
  ] as const;

  it.each(wrong)("is asked for in words that fit together: %s", async (line, said) => {
    expect(await type(line)).toContain(said);
    expect(shell.last).toMatchObject({ outcome: "failed", isMisuse: true });
    expect(readdirSync(folder)).not.toContain("none");
  });
});

describe("aesWrapUnwrap", () => {
  it("wraps a file of any length, in rows of eight bytes, and opens it", async () => {
    for (const length of [1, 7, 8, 24, 4095]) {
      const content = randomBytes(length);
      writeFileSync(path("plain"), content);
      const printed = await type("aesWrapUnwrap -m 1 -f @plain -w %w -out @sealed");
      const sealed = readFileSync(path("sealed"));
      const rows = sealed.toString("hex").toUpperCase().match(/.{16}/g) ?? [];
      expect(printed).toBe(
        `\nresult data:\n${rows.map((row) => `${(row.match(/../g) ?? []).join(" ")}\n`).join("")}\n` +
          `result written to file ${path("sealed")}\n\n\tCfm3WrapHostKey returned: 0x00 : ${success}\n\n`,
      );
      expect(sealed).toHaveLength(length + 16 - (length % 8));
      expect(await type("aesWrapUnwrap -m 0 -f @sealed -w %w -out @opened")).toContain(
        "\tCfm3UnWrapHostKey returned: 0x00",
      );
      expect(readFileSync(path("opened"))).toEqual(content);
    }
  });

  it("leaves an empty file where it fails", async () => {
    writeFileSync(path("opened"), "what was there");
    expect(await type("aesWrapUnwrap -m 0 -f @aes -w %w -out @opened")).toContain("UnWrapHostKey returned: 0x1170 : ");
    expect(readFileSync(path("opened"))).toHaveLength(0);
  });
});

it("keeps a key that was imported with -sess on one node, where it wraps", async () => {
  const printed = await type("imSymKey -f @aes -w %w -t 31 -l mine -sess");
  expect(printed).not.toContain("Node id 1");
  const handle = String(handleIn(printed));
  expect(await type(`exSymKey -k ${handle} -w ${handle} -out @mine`)).toContain("Exported Symmetric Key");
  expect(readFileSync(path("mine"))).toEqual(aes);
});
