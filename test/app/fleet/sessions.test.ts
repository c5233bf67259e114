import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { emptyHome, shell } from "../../harness/three-hsms.ts";

interface Told {
  readonly sessions: readonly { readonly id: string; readonly name: string; readonly hsms: readonly object[] }[];
}

test("who is logged in is listed with an id, by which the login is ended under its shell; that quits without a complaint", async () => {
  const start = emptyHome();
  const { home } = start;
  const one = await shell(start, "loginHSM CO admin co12345");
  const list = () => (JSON.parse(runFleet(home, ["sessions", "--json"]).stdout) as Told).sessions;
  const [login] = list();
  if (login === undefined) throw new Error("nobody is logged in");
  expect(login).toMatchObject({ name: "admin", hsms: [{ hsmId: "hsm-a" }, { hsmId: "hsm-b" }, { hsmId: "hsm-c" }] });
  expect(runFleet(home, ["sessions"]).stdout).toMatch(
    /^[\da-f]{8}-[\da-f]{4} {2}admin \(CO\) from shell [\da-f]{8} on hsm-a at h0:2225, .* since \d{4}-.*Z\n$/,
  );
  expect(runFleet(home, ["sessions", "end", login.id, "--hsm", "h1"])).toEqual({
    ...{ status: 0, stderr: "" },
    stdout: "the login of admin (CO) is ended on hsm-b at h1:2225\n",
  });
  expect(list()).toMatchObject([{ id: login.id, hsms: [{ hsmId: "hsm-a" }, { hsmId: "hsm-c" }] }]);
  const ended = runFleet(home, ["sessions", "end", login.id, "--json"]);
  expect(JSON.parse(ended.stdout)).toMatchObject({
    ended: { id: login.id, hsms: [{ hostname: "h0" }, { hostname: "h2" }] },
  });
  expect(runFleet(home, ["sessions"])).toMatchObject({ status: 0, stdout: "nobody is logged in\n" });
  const again = runFleet(home, ["sessions", "end", login.id]);
  expect(again).toMatchObject({ status: 1, stdout: "" });
  expect(again.stderr).toContain(`there is no session "${login.id}": cloudhsm-sim sessions lists`);
  expect(await one.command("createUser CU bob bob12345")).toContain("HSM Error: No user is logged in");
  await one.say("quit");
  expect(await one.end()).toMatchObject({ status: 0, stderr: "" });
}, 60_000);
