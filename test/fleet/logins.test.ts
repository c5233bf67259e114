import { expect, test } from "vitest";
import { endLogins, loginsIn } from "../../src/fleet/logins.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import { HsmError } from "../../src/hsm/return-code.ts";
import { AuditLog } from "../../src/simulator/audit-reader.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { createIn } from "../harness/created-home.ts";
import { logIn } from "../harness/tested-hsm.ts";
import { cluster, hosts } from "../harness/three-hsms.ts";

const addresses = hosts.map((hostname) => ({ hostname, port: 2225 }));

/** Three HSMs, and whoever looks at them; each call of `enter` is a shell's way in. */
async function threeHsms(): Promise<{ readonly home: Home; readonly enter: () => Home }> {
  const place = new MemoryPlace();
  const home = new MemoryHome(place);
  await createIn(home, cluster);
  return { home, enter: () => new MemoryHome(place) };
}

/** One shell's way to one of the HSMs. */
function connect(shell: Home, at: number, time = 0): Promise<Hsm> {
  const address = addresses[at] ?? { hostname: "", port: 0 };
  return openHsm(shell.open(address), { clock: () => time, presence: shell.presence, address });
}

const unexpected = (): never => {
  throw new Error("an HSM could not be asked");
};

test("a login has one id on all HSMs of its shell, another one for each shell and user, and lasts as the shell does", async () => {
  const { home, enter } = await threeHsms();
  expect(await loginsIn(home, addresses, unexpected)).toEqual([]);
  const [one, other] = [enter(), enter()];
  for (const at of [0, 2]) await logIn(await connect(one, at, 7 - at), "CO", "Admin", "co12345");
  await logIn(await connect(one, 1, 9), "CO", "officer1", "officer12345");
  await logIn(await connect(other, 0, 3), "CO", "admin", "co12345");
  const logins = await loginsIn(home, addresses, unexpected);
  const told = logins.map(({ name, since, places }) => [name, since, places.map(({ hostname }) => hostname)]);
  expect(told).toEqual([
    ["admin", 3, ["h0"]],
    ["admin", 5, ["h0", "h2"]],
    ["officer1", 9, ["h1"]],
  ]);
  expect(new Set(logins.map(({ id }) => id)).size).toBe(3);
  expect(logins[1]?.shell).toBe(logins[2]?.shell);
  await one.close();
  expect((await loginsIn(home, addresses, unexpected)).map(({ id }) => id)).toEqual([logins[0]?.id]);
});

test("a login that is ended from outside is over on each HSM, is recorded as the end of a connection, and ends no other", async () => {
  const { home, enter } = await threeHsms();
  const [one, other] = [enter(), enter()];
  const hsms = [await connect(one, 0), await connect(one, 1)];
  const sessions = await Promise.all(hsms.map((hsm) => logIn(hsm, "CO", "admin", "co12345")));
  const spared = await connect(other, 0, 1);
  const { session } = await logIn(spared, "CO", "officer1", "officer12345");
  const [login] = await loginsIn(home, addresses, unexpected);
  if (login === undefined) throw new Error("nobody is logged in");
  expect(login.name).toBe("admin");
  const ended = await endLogins(home, login, () => 42, unexpected);
  expect(ended.map(({ hostname }) => hostname)).toEqual(["h0", "h1"]);
  for (const [at, hsm] of hsms.entries()) {
    await expect(hsm.tokens.list(sessions[at]?.session ?? 0)).rejects.toMatchObject({ returnCode: "NOT_LOGGED_IN" });
  }
  expect(await spared.tokens.list(session)).toEqual([]);
  expect((await loginsIn(home, addresses, unexpected)).map(({ name }) => name)).toEqual(["officer1"]);
  const log = await AuditLog.open(home.open(addresses[1] ?? login.places[0] ?? unexpected()), {
    hostname: "h1",
    port: 2225,
  });
  expect(log.isWhole).toBe(true);
  const user = { name: "admin", type: "CO" };
  expect((await log.read(1000)).at(-1)).toMatchObject({
    ...{ opcode: "CN_APP_FINALIZE", time: 42, session: sessions[1]?.session, response: 0, user },
  });
  // It has ended already.
  expect(await endLogins(home, login, () => 43, unexpected)).toEqual([]);
  // The shell logs in anew, as if it had never been.
  expect(await logIn(hsms[0] ?? unexpected(), "CO", "admin", "co12345")).toMatchObject({ name: "admin" });
});

test("an HSM that cannot be asked is told of, and the others are asked all the same", async () => {
  const { home, enter } = await threeHsms();
  await logIn(await connect(enter(), 2), "CO", "admin", "co12345");
  const nowhere = { hostname: "h9", port: 2225 };
  const failed: unknown[] = [];
  const logins = await loginsIn(home, [nowhere, ...addresses], (address, error) => failed.push([address, error]));
  expect(logins.map(({ places }) => places.map(({ hostname }) => hostname))).toEqual([["h2"]]);
  expect(failed).toEqual([[nowhere, expect.any(HsmError)]]);
});
