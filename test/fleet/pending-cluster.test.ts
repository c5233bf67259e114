import { describe, expect, test } from "vitest";
import { checkedIn } from "../../src/fleet/checked-clusters.ts";
import { certificateTypes } from "../../src/hsm/certificate-type.ts";
import { offerPassword } from "../../src/hsm/password-offer.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { createIn } from "../harness/created-home.ts";
import { customerCa } from "../harness/customer-ca.ts";
import { isMissing } from "../harness/debian.ts";

const yaml = `clusters:
  - id: cluster-pending
    certificates: pending
    passwordCost: 10
    hsms: [{ id: hsm-a, hostname: 10.1.9.4 }, { id: hsm-b, hostname: 10.1.10.4 }, { id: hsm-c, hostname: 10.1.11.4 }]
`;
const first = { hostname: "10.1.9.4", port: 2225 };

const preco = (password: string) => ({ type: "PRECO", name: "admin", password: offerPassword(password) });

describe.skipIf(isMissing("openssl"))("a cluster whose certificates are pending", () => {
  test("has its first HSM alone, and the others with all of its users once that is activated", async () => {
    const home = new MemoryHome(new MemoryPlace());
    const hosts = async () => (await home.list()).map(({ hostname }) => hostname).sort();
    await createIn(home, yaml);
    expect(await hosts()).toEqual(["10.1.9.4"]);
    expect(await (await home.keepRecords()).read(checkedIn)).toEqual(new Set(["cluster-pending"]));

    const clock = (): number => (Date.now() + 3_600_000) * 1000;
    const hsm = await openHsm(home.open(first), { clock, presence: home.presence, address: first });
    expect((await hsm.users.list()).map(({ type, name }) => `${type} ${name}`)).toEqual(["PRECO admin", "AU app_user"]);
    const { session } = await hsm.logins.login(preco("password"));
    const ca = customerCa();
    await hsm.storeCertificate(session, ca.anchor, certificateTypes.customerRoot);
    await hsm.storeCertificate(session, ca.sign(await hsm.certificateRequest()), certificateTypes.clusterByCustomer);
    await createIn(home, yaml);
    expect(await hosts()).toEqual(["10.1.9.4"]);

    const again = await hsm.logins.login(preco("password"));
    await hsm.users.changePassword(again.session, preco("another-password"));
    await createIn(home, yaml);
    expect(await hosts()).toEqual(["10.1.10.4", "10.1.11.4", "10.1.9.4"]);
    const address = { hostname: "10.1.11.4", port: 2225 };
    const third = await openHsm(home.open(address), { clock, presence: home.presence, address });
    await third.logins.login({ ...preco("another-password"), type: "CO" });
    expect(await third.certificate(certificateTypes.customerRoot)).toBe(ca.anchor);
    await home.close();
  });
});
