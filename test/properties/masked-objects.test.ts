import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Server } from "../../src/cluster/server.ts";
import { MaskingKey } from "../../src/simulator/sealing/masking-key.ts";
import type { MaskedObject } from "../../src/hsm/masked-object.ts";
import { identities } from "../../src/simulator/records/records.ts";
import { cluster, user, withMore } from "../harness/backups.ts";
import { type Keeper, inPostgres, keepers } from "../harness/keepers.ts";
import { codeOf } from "../harness/return-codes.ts";
import { ScriptedShell } from "../harness/scripted-shell.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

/** Two HSMs of a cluster and one of another, with admin logged in on all. */
async function loggedIn(make: () => Keeper): Promise<{
  readonly hsms: readonly [TestedHsm, TestedHsm, TestedHsm];
  readonly servers: readonly [Server, Server, Server];
}> {
  const [admin, bob] = [user(1, "CO", "admin"), user(6, "CU", "bob")];
  const backup = await cluster([admin]);
  const hsms = [
    await TestedHsm.with(await withMore(backup, [bob]), { hsmId: "hsm-a", keeper: make() }),
    await TestedHsm.with(backup, { hsmId: "hsm-b", keeper: make() }),
    await TestedHsm.with(await cluster([admin, bob]), { hsmId: "hsm-c", keeper: make() }),
  ] as const;
  const shell = new ScriptedShell(hsms);
  const said = await shell.command("loginHSM CO admin password");
  expect(said.match(/success/g)).toHaveLength(3);
  return { hsms, servers: shell.cluster.servers as unknown as readonly [Server, Server, Server] };
}

async function extractBob(server: Server): Promise<Buffer> {
  return Buffer.from(await (await server.hsm()).users.extract(server.session, 6));
}

/** The code with which a server refuses a masked object, that must leave its users as they are. */
async function refusal(server: Server, masked: MaskedObject): Promise<string> {
  const { users } = await server.hsm();
  const before = await users.list();
  const code = await codeOf(users.insert(server.session, masked));
  if (code !== "SUCCESS") expect(await users.list()).toEqual(before);
  return code;
}

/** Where the id of the masking key stands, behind the magic number, the version and the kind. */
const keyId = { from: 6, to: 14 };

describe.each([...keepers, ...inPostgres()])("in %s", (kind, make) => {
  /** Which of all bits and lengths are tried: a database is some ways to its server and back for each. */
  const stride = kind === "memory" ? 1 : 7;

  test("a masked user with any bit changed is refused, and as it was it is taken", async () => {
    const { servers } = await loggedIn(make);
    const masked = await extractBob(servers[0]);
    for (let bit = 0; bit < masked.length * 8; bit += stride) {
      const byte = Math.floor(bit / 8);
      const changed = Buffer.from(masked);
      changed.writeUInt8(changed.readUInt8(byte) ^ (1 << (bit % 8)), byte);
      const foreign = byte >= keyId.from && byte < keyId.to;
      const expected = foreign ? "MASKED_OBJECT_FOREIGN" : "MASKED_OBJECT_DAMAGED";
      expect([bit, await refusal(servers[1], changed)]).toEqual([bit, expected]);
    }
    expect(await refusal(servers[1], masked)).toBe("SUCCESS");
  });

  test("a masked user that is cut off anywhere, or goes on behind its end, is refused", async () => {
    const { servers } = await loggedIn(make);
    const masked = await extractBob(servers[0]);
    for (let length = 0; length < masked.length; length += stride) {
      expect([length, await refusal(servers[1], masked.subarray(0, length))]).toEqual([
        length,
        "MASKED_OBJECT_DAMAGED",
      ]);
    }
    expect(await refusal(servers[1], Buffer.concat([masked, Buffer.of(0)]))).toBe("MASKED_OBJECT_DAMAGED");
  });

  test("a user of another cluster, and a key, are refused by codes of their own", async () => {
    const { hsms, servers } = await loggedIn(make);
    expect(await refusal(servers[1], await extractBob(servers[2]))).toBe("MASKED_OBJECT_FOREIGN");
    expect(await refusal(servers[2], await extractBob(servers[0]))).toBe("MASKED_OBJECT_FOREIGN");

    const identity = await hsms[1].store.read((snapshot) => identities.get(snapshot, "hsm"));
    const maskingKey = MaskingKey.decode(identity?.maskingKey ?? "");
    const { content } = maskingKey.open("user", await extractBob(servers[0]));
    const asKey = maskingKey.seal({ kind: "key", source: "hsm-a", objectId: 6 }, content);
    expect(await refusal(servers[1], asKey)).toBe("MASKED_OBJECT_DAMAGED");
  });

  test("bytes that no HSM sealed are refused, whatever they are", async () => {
    const { servers } = await loggedIn(make);
    const masked = await extractBob(servers[0]);
    const bytes = fc.uint8Array({ maxLength: 400 });
    const spliced = fc
      .tuple(fc.nat({ max: masked.length }), bytes, fc.nat({ max: masked.length }))
      .map(([to, between, from]) => Buffer.concat([masked.subarray(0, to), between, masked.subarray(from)]))
      .filter((each) => !each.equals(masked));
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, spliced), async (given) => {
        expect(await refusal(servers[1], given)).toMatch(/^MASKED_OBJECT_(?:DAMAGED|FOREIGN)$/);
      }),
      { numRuns: Math.ceil(300 / stride) },
    );
  });
});
