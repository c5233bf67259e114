import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { HeldLogin } from "../../../src/app/fleet/held-login.ts";
import { loginsIn } from "../../../src/fleet/logins.ts";
import { passing } from "../../../src/hsm/passage.ts";
import { offerPassword } from "../../../src/hsm/password-offer.ts";
import { HsmError } from "../../../src/hsm/return-code.ts";
import { AuditLog } from "../../../src/simulator/audit-reader.ts";
import { openHsm } from "../../../src/simulator/simulated-hsm.ts";
import type { Address } from "../../../src/store/address.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { createIn, createdHome } from "../../harness/created-home.ts";
import { runFleet } from "../../harness/fleet-program.ts";
import { environmentOf, lines, root, runPiped, temporaryFolder } from "../../harness/program.ts";
import { Terminal } from "../../harness/terminal.ts";
import { cluster, emptyHome, hosts, shell } from "../../harness/three-hsms.ts";

const sim = join(root, "dist", "cloudhsm-sim.js");

test("it keeps a password from being changed, until its login is ended from elsewhere: status 0", async () => {
  const start = emptyHome();
  const officer = await shell(start, "loginHSM CO admin co12345");
  const holder = spawn(process.execPath, [sim, "hold", "CU", "alice"], { env: environmentOf(start), stdio: "pipe" });
  onTestFinished(() => void holder.kill("SIGKILL"));
  const end = new Promise((resolve) => holder.once("close", resolve));
  let told = "";
  holder.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
  holder.stdin.write("alice12345\n");
  await vi.waitFor(
    () => {
      expect(told).toContain("sessions end");
    },
    { timeout: 30_000, interval: 20 },
  );
  expect(told).toMatch(
    /^alice \(CU\) is logged in on hsm-a at h0:2225, hsm-b at h1:2225, hsm-c at h2:2225\nCtrl-C ends it/,
  );
  expect(await officer.command("changePswd CU alice alice54321")).toContain("of a logged in User is denied");
  const [id = ""] = /[\da-f]{8}-[\da-f]{4}/.exec(told) ?? [];
  expect(runFleet(start.home, ["sessions", "end", id])).toMatchObject({ status: 0 });
  expect(await end).toBe(0);
  expect(told).toMatch(/\nalice \(CU\) is not logged in any more on .*h2:2225\n$/);
  expect(await officer.command("changePswd CU alice alice54321")).toContain("changePswd success");
}, 60_000);

test("at a terminal the password is asked for and not shown, and Ctrl-C logs out", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const holder = new Terminal(start, { below: `exec "$1" '${sim}' hold CU alice --hsm h1` });
  await holder.expect("Enter password: ");
  holder.send("alice12345\r");
  await holder.expect("sessions end");
  expect(holder.output).not.toContain("alice12345");
  expect(runFleet(start.home, ["sessions"]).stdout).toContain("alice (CU)");
  holder.send("\u0003");
  expect(await holder.end()).toBe(0);
  expect(runFleet(start.home, ["sessions"]).stdout).toBe("nobody is logged in\n");
}, 60_000);

test.each([
  ["a wrong password", "wrong12345\n", /^(?:cloudhsm-sim: h\d:2225 refuses the login: HSM Error: .*\n){3}$/],
  ["none", "", /^cloudhsm-sim: no password was given/],
])("with %s nothing is held: status 1", async (_, input, stderr) => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const run = runFleet(start.home, ["hold", "CU", "alice"], input);
  expect(run).toMatchObject({ status: 1, stdout: "" });
  expect(run.stderr).toMatch(stderr);
});

/** A home in memory with three HSMs, the second of which a shell does not reach. */
async function holding() {
  const home = new MemoryHome(new MemoryPlace());
  await createIn(home, cluster);
  const refused: string[] = [];
  const unavailable = new Set<string>();
  const reach = {
    home,
    open: async (address: Address) => {
      const { hostname, port } = address;
      const wrong = hostname === "h1" ? { hostname: "h9", port } : { hostname, port };
      const hsm = await openHsm(home.open(wrong), { clock: () => 5, presence: home.presence, address: wrong });
      return passing(hsm, ({ given }, carryOut) => {
        if (unavailable.has(hostname)) throw new HsmError("SERVER_UNAVAILABLE");
        return carryOut(given);
      });
    },
    refused: ({ hostname }: Address) => refused.push(hostname),
  };
  const addresses = hosts.map((hostname) => ({ hostname, port: 2225, name: hostname }));
  const credentials = { type: "CU", name: "ALICE", password: offerPassword("alice12345") };
  const held = await HeldLogin.take(addresses, credentials, reach);
  if (held === undefined) throw new Error("every HSM refused");
  return { home, held, refused, addresses, unavailable };
}

const hostsOf = (places: readonly Address[]) => places.map(({ hostname }) => hostname);

test("an HSM that refuses is left out; the login is the one that is listed, and ends with a logout", async () => {
  const { home, held, refused, addresses } = await holding();
  expect(refused).toEqual(["h1"]);
  const [listed] = await loginsIn(home, addresses, () => undefined);
  expect(held.login).toEqual({ ...listed, since: held.login.since });
  expect(hostsOf(held.login.places)).toEqual(["h0", "h2"]);
  expect(await held.lost()).toEqual([]);
  const [h0] = addresses;
  if (h0 === undefined) throw new Error("there is no HSM");
  expect(await held.end()).toEqual([]);
  const log = await AuditLog.open(home.open(h0), h0);
  expect((await log.read(1000)).at(-1)).toMatchObject({ opcode: "CN_LOGOUT", user: { name: "alice" } });
});

test("where it was ended is noticed, and ending it then is no failure", async () => {
  const { home, held, unavailable } = await holding();
  const [place, other] = held.login.places;
  if (place === undefined || other === undefined) throw new Error("it is not held");
  const store = await home.open(place);
  await store.change((transaction) => transaction.remove("session", place.session));
  expect(hostsOf(await held.lost())).toEqual(["h0"]);
  expect(hostsOf(held.login.places)).toEqual(["h2"]);
  expect(await held.lost()).toEqual([]);
  unavailable.add("h0");
  expect(await held.end()).toEqual([]);
});

test("an HSM that cannot log out is told of", async () => {
  const { held, unavailable } = await holding();
  unavailable.add("h2");
  expect((await held.end()).map(([{ hostname }]) => hostname)).toEqual(["h2"]);
});

test("an HSM whose file is deleted holds no login", async () => {
  const folder = temporaryFolder();
  const home = await createdHome(join(folder, "hsms"), cluster);
  onTestFinished(() => home.close());
  const addresses = hosts.map((hostname) => ({ hostname, port: 2225, name: hostname }));
  const held = await HeldLogin.take(
    addresses,
    { type: "CU", name: "alice", password: offerPassword("alice12345") },
    {
      home,
      open: (address) => openHsm(home.open(address), { clock: () => 5, presence: home.presence, address }),
      refused: () => undefined,
    },
  );
  expect(await held?.lost()).toEqual([]);
  rmSync(folder, { recursive: true });
  expect(hostsOf((await held?.lost()) ?? [])).toEqual(hosts);
});
