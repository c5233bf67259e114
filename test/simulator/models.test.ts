import { expect, test } from "vitest";
import { identities } from "../../src/simulator/records/records.ts";
import { aws } from "../../src/simulator/models/aws.ts";
import type { Model } from "../../src/simulator/models/model.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { cluster, users } from "../harness/backups.ts";
import { createdHome } from "../harness/created-home.ts";
import { temporaryFolder } from "../harness/program.ts";
import { codeOf, expectCode } from "../harness/return-codes.ts";
import { Shells } from "../harness/shells.ts";
import { TestedHsm, credentials, logIn } from "../harness/tested-hsm.ts";

/** A device of nobody: whatever a model says is another than AWS's. */
const small: Model = {
  name: "small",
  limits: {
    hyphenInUserNames: false,
    userNameLength: { minimum: 2, maximum: 3 },
    passwordLength: { minimum: 8, maximum: 9 },
    hsms: 2,
    users: 3,
    loginFailures: 1,
    keys: 4,
    quorumMinimum: { minimum: 2, maximum: 2 },
    registrationToken: { minimum: 1, maximum: 2 },
    tokens: 2,
    tokenSeconds: 10,
  },
  hardware: { ...aws.hardware, label: "small", serialNumberPrefix: "S-", totalPublicMemory: 1000, memoryOfObject: 100 },
  requestedName: { partition: 3, mode: "non-FIPS", maker: "parts" },
  factoryUsers: [],
  sameUser: "refused",
  keyOwner: "stays",
  applianceUser: "stays",
  userRights: { listKeys: ["AU"] },
  keyRights: { information: { CO: "NOT_AUTHORISED" } },
  certificatesFor: "loggedIn",
  occupancyFor: "everybody",
  ownerKey: "any",
  trust: "givenAndTaken",
};

const staff = users(["CO", "adm"], ["CU", "bob"]);

test("an HSM has its limits and its hardware from its model", async () => {
  const tested = await TestedHsm.with(await cluster(staff), { model: small });
  const { hsm } = tested;
  const session = await tested.session("CO", "adm");
  const create = (name: string, password: string) =>
    codeOf(hsm.users.create(session, credentials("CU", name, password)));
  expect(await create("a", "password")).toBe("INVALID_INPUT");
  expect(await create("abcd", "password")).toBe("INVALID_INPUT");
  expect(await create("amy", "1234567")).toBe("PASSWORD_LENGTH");
  expect(await create("amy", "1234567890")).toBe("PASSWORD_LENGTH");
  expect(await create("amy", "123456789")).toBe("SUCCESS");
  expect(await create("eve", "12345678")).toBe("USER_LIMIT");
  await expectCode(hsm.quorum.setMinimum(session, 4, 3), "M_VALUE_RANGE");
  await expectCode(logIn(hsm, "CU", "amy", "wrong-one"), "LOGIN_FAILURE");
  await expectCode(logIn(hsm, "CU", "amy", "123456789"), "USER_LOCKED");

  const { serialNumber, ...information } = await hsm.information();
  expect(serialNumber).toMatch(/^S-\d{6}$/);
  expect(information).toMatchObject({ label: "small", totalPublicMemory: 1000, freePublicMemory: 700 });
  expect(information.partition).toMatchObject({ maxUsers: 3, passwordLength: { minimum: 8, maximum: 9 }, maxKeys: 4 });
});

test.each([
  [aws, "SUCCESS"],
  [small, "OBJECT_CONFLICT"],
] as const)("whether a copy replaces the same user is the model's to say: $0.name", async (model, code) => {
  const common = await cluster(staff);
  const [here, there] = [
    await TestedHsm.with(common, { model, hsmId: "hsm-one" }),
    await TestedHsm.with(common, { model, hsmId: "hsm-other" }),
  ];
  const masked = await here.hsm.users.extract(await here.session("CO", "adm"), 2);
  await expectCode(there.hsm.users.insert(await there.session("CO", "adm"), masked), code);
});

test("an HSM without a model is one of AWS, and one of a model that nobody knows stays off", async () => {
  const tested = await TestedHsm.with(staff);
  const surroundings = { clock: () => 0, presence: new Shells().presenceOf("me") };
  const recordModel = (change: Readonly<{ model?: string | undefined }>): Promise<void> =>
    tested.store.change(async (transaction) => {
      const identity = await identities.get(transaction, "hsm");
      if (identity === undefined) throw new Error("no identity");
      await identities.put(transaction, "hsm", { ...identity, ...change } as typeof identity);
    });
  await recordModel({ model: undefined });
  const hsm = await openHsm(Promise.resolve(tested.store), surroundings);
  expect((await hsm.information()).label).toBe("cavium");
  await recordModel({ model: "of another century" });
  await expectCode(openHsm(Promise.resolve(tested.store), surroundings), "STORAGE_FAILURE");
});

test("a cluster without users of its own has those of the factory", async () => {
  const yaml = "clusters: [{ id: c, passwordCost: 10, hsms: [{ id: hsm-a, hostname: a }] }]\n";
  const folder = await createdHome(temporaryFolder(), yaml);
  const store = await folder.open({ hostname: "a", port: 2225 });
  const hsm = await openHsm(Promise.resolve(store), { clock: () => 0, presence: new Shells().presenceOf("me") });
  expect((await hsm.users.list()).map(({ id, type, name }) => [id, type, name])).toEqual([
    [1, "PRECO", "admin"],
    [2, "AU", "app_user"],
  ]);
  await expectCode(logIn(hsm, "PRECO", "admin", "password"), "SUCCESS");
  expect((await store.read((snapshot) => identities.get(snapshot, "hsm")))?.model).toBe("aws");
  await folder.close();
});
