import { beforeAll, expect, test } from "vitest";
import type { Hsm, SessionHandle } from "../../../src/hsm/hsm.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { keptMaterial } from "../../harness/kept-material.ts";
import { overSocket } from "../../harness/over-socket.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { pkcs5, plainWish } from "../../harness/transported-keys.ts";
import { type Cell, answers, readTable, rolesOfTransport } from "../role-tables.ts";

const { cells } = readTable(rolesOfTransport);

const people = [
  user(1, "PRECO", "PRECO"),
  user(2, "PCO", "PCO"),
  user(3, "CO", "CO"),
  user(4, "CU", "owner"),
  user(5, "CU", "sharee"),
  user(6, "CU", "stranger"),
  user(7, "AU", "AU"),
] as const;

const held = { owner: "owner", sharedWith: ["sharee"] } as const;
const secret = 10;
const shown = 21;
const data = Buffer.from("what is wrapped!");

let tested: TestedHsm;
let wrapped: Uint8Array;
let publicKey: Buffer;
beforeAll(async () => {
  const pair = key({ ...held, handle: 20, shape: { type: "EC", curve: "P-256" } });
  tested = await TestedHsm.with(await cluster(people, [key({ ...held, handle: secret }), pair]));
  const session = await tested.session("CU", "owner");
  wrapped = await tested.hsm.wrapping.wrapData(session, secret, data);
  publicKey = await keptMaterial(tested, shown);
});

/** Carries out one request of the table. */
async function ask({ wrapping }: Hsm, { request }: Cell, session: SessionHandle): Promise<unknown> {
  const kind = { class: "secret", type: "AES" } as const;
  switch (request) {
    case "wrapping.wrap":
      return wrapping.wrap(session, { key: secret, under: secret, method: pkcs5, header: false });
    case "wrapping.unwrap":
      return wrapping.unwrap(session, {
        ...plainWish,
        wrapped: { bytes: wrapped },
        under: secret,
        method: pkcs5,
        kind,
      });
    case "wrapping.wrapData":
      return wrapping.wrapData(session, secret, data);
    case "wrapping.unwrapData":
      return wrapping.unwrapData(session, secret, wrapped);
    case "wrapping.importPublic":
      return wrapping.importPublic(session, { ...plainWish, publicKey });
    case "wrapping.exportPublic":
      return wrapping.exportPublic(session, shown);
    default:
      throw new Error(`no such request: ${request}`);
  }
}

/** Looks at what a request gave, or the HSM has of it. */
async function expectDone(hsm: TestedHsm, { request }: Cell, answer: unknown): Promise<void> {
  switch (request) {
    case "wrapping.wrap":
      expect((answer as { readonly bytes: Uint8Array }).bytes).toHaveLength(48);
      return;
    case "wrapping.unwrap":
      expect(await keptMaterial(hsm, answer as number)).toEqual(data);
      return;
    case "wrapping.wrapData":
      expect(answer).toEqual(new Uint8Array(wrapped));
      return;
    case "wrapping.unwrapData":
      expect(answer).toEqual(new Uint8Array(data));
      return;
    case "wrapping.importPublic":
      expect(await keptMaterial(hsm, answer as number)).toEqual(publicKey);
      return;
    default:
      expect(answer).toEqual(new Uint8Array(publicKey));
  }
}

test.each(cells)("$request by $caller: $word", async (cell) => {
  const hsm = await tested.copy();
  const type = people.find(({ name }) => name === cell.caller)?.type;
  const session = type === undefined ? 0 : await hsm.session(type, cell.caller);
  const kept = await hsm.records();
  let answer: unknown;
  const request = async (): Promise<void> => {
    answer = await ask(overSocket(hsm.hsm), cell, session);
  };
  expect(await codeOf(request())).toBe(answers[cell.word]);
  if (answers[cell.word] === "SUCCESS") await expectDone(hsm, cell, answer);
  else expect(await hsm.records()).toEqual(kept);
});
