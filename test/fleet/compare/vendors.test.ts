import { expect, test } from "vitest";
import type { Dialect } from "../../../src/command/wording.ts";
import { alibaba } from "../../../src/dialects/alibaba/alibaba.ts";
import { azure } from "../../../src/dialects/azure/azure.ts";
import { oracle } from "../../../src/dialects/oracle/oracle.ts";
import { alibaba as alibabaHsms } from "../../../src/simulator/models/alibaba.ts";
import { azure as azureHsms } from "../../../src/simulator/models/azure.ts";
import { oracle as oracleHsms } from "../../../src/simulator/models/oracle.ts";
import { RehearsedHome } from "../../harness/rehearsed-home.ts";
import { credentials, logIn } from "../../harness/tested-hsm.ts";
import { onlyFamily, texts } from "../../harness/uneven-cluster.ts";

const models = { azure: azureHsms, oracle: oracleHsms, alibaba: alibabaHsms } as const;
type Vendor = keyof typeof models;

/** Three HSMs: carol and a key are missing on one, bob has another password there, and dave's id is another user's. */
function unevenOf(vendor: Vendor): Promise<RehearsedHome> {
  const user = (id: number, name: string, password = `${name}-rehearse1`) =>
    `{ id: ${String(id)}, type: CU, name: ${name}, password: ${password} }`;
  return RehearsedHome.of(
    `clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: admin-rehearse1 }
      - ${user(3, "bob")}
    keys: [{ handle: 10, type: AES, size: 256, owner: bob }]
    hsms:
      - { id: hsm-0, hostname: h0, users: [${user(4, "carol")}, ${user(5, "dave")}] }
      - id: hsm-1
        hostname: h1
        users: [${user(4, "carol")}, ${user(5, "dave")}]
        keys: [{ handle: 11, type: AES, size: 256, owner: carol }]
      - { id: hsm-2, hostname: h2, users: [${user(3, "bob", "other-rehearse1")}, ${user(5, "erin")}] }
`,
    models[vendor],
  );
}

const password = (_: string, name: string) => `${name}-rehearse1`;

test.each<readonly [Vendor, Dialect, readonly string[]]>([
  ["azure", azure, ["loginHSM CO admin -hpswd", "changePswd CU bob -hpswd"]],
  ["oracle", oracle, ["loginHSM CO admin", "syncUser 3 2"]],
  ["alibaba", alibaba, ["loginHSM CO admin -hpswd", "syncUser 3 2"]],
])("the lines for a cluster of %s bring it in step, typed into its shell", async (vendor, dialect, expected) => {
  const home = await unevenOf(vendor);
  const family = await onlyFamily(home);
  const all = [...texts({ lines: family.logins }), ...family.findings.flatMap(texts)];
  expect(all).toEqual(expect.arrayContaining([...expected]));
  expect(family.findings.flatMap(({ obstacles }) => obstacles)).toEqual([]);
  await home.type(family, password, home.hosts, dialect);
  expect((await onlyFamily(home)).findings).toEqual([]);
});

test("what a user is kept from is compared: a copy mends it, and setUserAttributes where a copy replaces nobody", async () => {
  for (const [vendor, dialect] of [
    ["oracle", oracle],
    ["azure", azure],
  ] as const) {
    const home = await unevenOf(vendor);
    await home.type(await onlyFamily(home), password, home.hosts, dialect);
    const shell = home.enter();
    const hsm = await home.connect("h1", shell);
    const { session } = await hsm.logins.login(credentials("CO", "admin", "admin-rehearse1"));
    await hsm.users.setSwitches(session, "bob", { sign: false, wrap: false });
    await hsm.logins.logout(session);
    await shell.close();
    const { findings } = await onlyFamily(home);
    expect(findings).toMatchObject([{ differences: [{ aspect: "keptFrom" }] }]);
    expect(findings[0]?.differences[0]?.states.map(({ value }) => value)).toEqual(["", "sign, wrap"]);
    if (vendor === "oracle") await home.type(await onlyFamily(home), password, home.hosts, dialect);
    else expect(findings[0]?.obstacles).toEqual([{ kind: "copyRefused", hsmId: "hsm-1", name: "bob", id: 3 }]);
    expect((await onlyFamily(home)).findings.length).toBe(vendor === "oracle" ? 0 : 1);
  }
});

test("a wrong password of a user whom no copy replaces is taken back by a new one", async () => {
  const home = await unevenOf("azure");
  await home.type(await onlyFamily(home), password, home.hosts, azure);
  const shell = home.enter();
  await expect(logIn(await home.connect("h1", shell), "CU", "carol", "wrong-rehearse")).rejects.toThrow();
  await shell.close();
  const family = await onlyFamily(home);
  expect(family.findings.flatMap(texts)).toContain("changePswd CU carol -hpswd");
  await home.type(family, password, home.hosts, azure);
  expect((await onlyFamily(home)).findings).toEqual([]);
});
