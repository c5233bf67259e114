import fc from "fast-check";
import { expect, test } from "vitest";
import { Backup } from "../../src/simulator/cluster-image.ts";
import type { KeyState } from "../../src/hsm/key-requests.ts";
import { cluster, key, user, withMore } from "../harness/backups.ts";
import { inPostgres, keepers } from "../harness/keepers.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";
import {
  type Model,
  cryptoUsers,
  foundBy,
  initialKeys,
  judge,
  modelOf,
  nameOf,
  people,
  plans,
  requests,
  send,
} from "./key-model.ts";

/** The HSM is as the model: who finds which keys, whose they are, and what the owner reads. */
async function requireSame(hsm: TestedHsm, model: Model): Promise<void> {
  const { keys } = hsm.hsm;
  const officer = await hsm.session("CO", "admin");
  for (const id of cryptoUsers) {
    const listing = await keys.find(officer, id);
    expect(listing.keys.map(({ handle, held }) => `${String(handle)}(${held})`)).toEqual(foundBy(model, id));
  }
  for (const [handle, { owner, sharedWith, mValue }] of model) {
    const information = await keys.information(officer, handle);
    expect(information).toEqual({ token: true, owner, sharedWith: [...sharedWith].sort(), mValue });
  }
  for (const id of cryptoUsers) {
    const session = await hsm.session("CU", nameOf(id));
    for (const [handle, { owner, attributes }] of model) {
      if (owner !== id) continue;
      for (const [attribute, expected] of attributes) {
        const [read] = await keys.attributes(session, handle, attribute);
        const value =
          read?.value.kind === "number" ? String(read.value.number) : read?.value.kind === "text" && read.value.text;
        expect(value, `${String(handle)} ${String(attribute)}`).toBe(expected);
      }
    }
  }
}

const kinds = [...keepers, ...inPostgres()];

test.each(kinds)(
  "whoever asks whatever of keys in %s is answered as a plain model says, and nothing else changes",
  async (kind, make) => {
    await fc.assert(
      fc.asyncProperty(plans, fc.array(requests, { minLength: 5, maxLength: 25 }), async (planned, sent) => {
        const hsm = await TestedHsm.with(await cluster(people, initialKeys(planned)), { keeper: make() });
        const model = modelOf(planned);
        for (const request of sent)
          expect(await send(hsm, request), JSON.stringify(request)).toBe(judge(model, request));
        await requireSame(hsm, model);
      }),
      { numRuns: kind === "memory" ? 40 : 3 },
    );
  },
);

/** A user that only one HSM has, on each of two. */
const ownUsers = [user(10, "CU", "zoe"), user(20, "CU", "yves")] as const;

async function syncAll(from: TestedHsm, to: TestedHsm): Promise<void> {
  const [source, destination] = [await from.session("CO", "admin"), await to.session("CO", "admin")];
  for (const { id, type } of await from.hsm.users.list()) {
    if (type === "CU") await to.hsm.users.insert(destination, await from.hsm.users.extract(source, id));
  }
  for (const { handle } of (await from.hsm.keys.find(source, 0)).keys) {
    await to.hsm.keys.insert(destination, await from.hsm.keys.extract(source, handle));
  }
}

async function statesOf(hsm: TestedHsm): Promise<readonly KeyState[]> {
  return hsm.hsm.keys.states(await hsm.session("CO", "admin"));
}

test.each(kinds)(
  "after all users and then all keys are synchronised both ways in %s, all hashes are equal",
  async (kind, make) => {
    const several = fc.array(requests, { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(plans, several, several, fc.boolean(), async (planned, onOne, onOther, cloned) => {
        const backup = await cluster(people, initialKeys(planned));
        const one = await TestedHsm.with(
          await withMore(backup, [ownUsers[0]], [key({ handle: 100, owner: "zoe", sharedWith: ["bob"] })]),
          { hsmId: "hsm-one", keeper: make() },
        );
        const origin = cloned ? await Backup.take((await TestedHsm.with(backup)).store) : backup;
        const other = await TestedHsm.with(
          await withMore(origin, [ownUsers[1]], [key({ handle: 200, owner: "bob", sharedWith: ["yves"] })]),
          { hsmId: "hsm-other", keeper: make() },
        );
        for (const request of onOne) await send(one, request);
        for (const request of onOther) await send(other, request);
        expect(await one.keyHash()).not.toBe(await other.keyHash());
        await syncAll(one, other);
        await syncAll(other, one);
        expect(await one.keyHash()).toBe(await other.keyHash());
        expect(await statesOf(one)).toEqual(await statesOf(other));
      }),
      { numRuns: kind === "memory" ? 25 : 2 },
    );
  },
);
