import { expect, test } from "vitest";
import { azure } from "../../../src/simulator/models/azure.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

test.each([false, true])(
  "an Azure officer gives trust to a key and takes none away: trusted before: %s",
  async (trusted) => {
    const people = [user(1, "CO", "admin"), user(3, "CU", "cu1")];
    const backup = await cluster(people, [key({ handle: 8, owner: "cu1", flags: { trusted } })]);
    const tested = await TestedHsm.with(backup, { model: azure });
    const { keys } = tested.hsm;
    const session = await tested.session("CO", "admin");
    const trust = async (): Promise<string> => JSON.stringify(await keys.attributes(session, 8, 134));
    const before = await trust();
    expect(await codeOf(keys.setAttribute(session, 8, 134, "0"))).toBe("INVALID_INPUT");
    expect(await trust()).toBe(before);
    expect(await codeOf(keys.setAttribute(session, 8, 134, "1"))).toBe("SUCCESS");
    const given = await trust();
    expect(given !== before).toBe(!trusted);
    expect(await codeOf(keys.setAttribute(session, 8, 134, "0"))).toBe("INVALID_INPUT");
    expect(await trust()).toBe(given);
  },
);
