import { expect, test } from "vitest";
import { EventTail } from "../../src/simulator/event-tail.ts";
import { RehearsedHome } from "../harness/rehearsed-home.ts";
import { credentials } from "../harness/tested-hsm.ts";
import { cluster } from "../harness/three-hsms.ts";

/** Logs in on the first HSM, and says under which name. */
async function login(home: RehearsedHome, name: string, password: string): Promise<void> {
  const shell = home.enter();
  const hsm = await home.connect("h0", shell);
  await hsm.logins.login(credentials("CO", name, password));
  await shell.close();
}

const read = async (tail: EventTail, home: RehearsedHome, atMost?: number) => {
  const { isNew, events } = await tail.read(Promise.resolve(home.store("h0")), atMost);
  return { isNew, what: events.map(({ opcode, user }) => `${opcode} ${user?.name ?? ""}`) };
};

test("a log is read on from where it was read last, as many events at once as are asked for", async () => {
  const home = await RehearsedHome.of(cluster);
  const tail = new EventTail(1);
  expect(await read(tail, home)).toMatchObject({ isNew: true, what: { length: 1 } });
  expect(await read(tail, home)).toEqual({ isNew: false, what: [] });
  await login(home, "admin", "co12345");
  await login(home, "officer1", "officer12345");
  expect(await read(tail, home, 1)).toEqual({ isNew: false, what: ["CN_LOGIN admin"] });
  expect((await read(tail, home)).what).toContain("CN_LOGIN officer1");
});

test("an older copy in the place of an HSM is another log, longer or not", async () => {
  const home = await RehearsedHome.of(cluster);
  const [older, other] = [home.copy(), home.copy()];
  await login(home, "admin", "co12345");
  await login(other, "officer1", "officer12345");
  const tail = new EventTail();
  await read(tail, home);
  const back = await read(tail, older);
  expect(back.isNew).toBe(true);
  expect(back.what).not.toContain("CN_LOGIN admin");
  await read(tail, home);
  const elsewhere = await read(tail, other);
  expect(elsewhere.isNew).toBe(true);
  expect(elsewhere.what).toContain("CN_LOGIN officer1");
});
