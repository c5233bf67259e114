import { describe, expect, test } from "vitest";
import { addHsm } from "../../src/fleet/add-hsm.ts";
import { keepBackup, keptBackups, restoreBackup } from "../../src/fleet/backups.ts";
import { compareHome, isAllInStep } from "../../src/fleet/compare/compare-home.ts";
import { destroyHsm } from "../../src/fleet/destroy-hsm.ts";
import { hsmsNotUp } from "../../src/fleet/hsm-states.ts";
import type { Home } from "../../src/store/home.ts";
import { startOfTime } from "../harness/backups.ts";
import { createIn } from "../harness/created-home.ts";
import { isMissing } from "../harness/debian.ts";
import { changeOf } from "../harness/fleet-change.ts";
import { type Change, cluster, tryFaults } from "./faulty-change.ts";

const at = (hostname: string) => ({ hostname, port: 2225 });
/** A command with fixed words, at every second of its write points. */
const running = (words: string, inspect: Change["inspect"]): Change => ({
  title: words,
  words: () => words.split(" "),
  inspect,
  stride: 2,
});

describe.skipIf(isMissing("strace"))(
  "killed, out of space or with a broken disk at any write of a change of the fleet",
  () => {
    test("hsm add: the new HSM is whole or not there, and can be added again", { timeout: 600_000 }, async () => {
      const points = await tryFaults(
        running("hsm add c h2", async ({ home }, done) => {
          const isThere = (await home.list()).length === 3;
          if (done) expect(isThere).toBe(true);
          if (!isThere) await addHsm("c", at("h2"), changeOf(home));
          expect(await home.list()).toEqual([at("h0"), at("h1"), at("h2")]);
          expect(isAllInStep(await compareHome(home, []))).toBe(true);
        }),
      );
      expect(points).toBeGreaterThan(10);
    });

    test("hsm destroy: the HSM is there, or gone for good", { timeout: 600_000 }, async () => {
      const points = await tryFaults(
        running("hsm destroy h1", async ({ home }, done) => {
          const isThere = (await home.list()).length === 2;
          if (done) expect(isThere).toBe(false);
          if (isThere) await destroyHsm(home, "h1");
          await createIn(home, cluster);
          expect(await home.list()).toEqual([at("h0")]);
          expect(await hsmsNotUp(home)).toMatchObject([{ hsmId: "hsm-b", state: "destroyed" }]);
        }),
      );
      expect(points).toBeGreaterThan(10);
    });

    test(
      "backup: it is whole or not there, the others stay, and one can be taken again",
      { timeout: 600_000 },
      async () => {
        const inspect: Change["inspect"] = async ({ home }, done) => {
          const [first, second, ...others] = await keptBackups(home);
          expect([first, ...others]).toEqual([expect.objectContaining({ time: startOfTime / 1000 })]);
          if (done) expect(second).toBeDefined();
          const { id } = second ?? (await keepBackup("c", changeOf(home)));
          for (const [host, backup] of [
            ["h2", id],
            ["h3", first?.id ?? ""],
          ] as const) {
            expect(await restoreBackup(backup, undefined, [at(host)], changeOf(home))).toMatchObject({ users: 1 });
          }
          expect(isAllInStep(await compareHome(home, []))).toBe(true);
        };
        const before = async (home: Home): Promise<void> => {
          await keepBackup("c", changeOf(home));
        };
        expect(await tryFaults({ ...running("backup c", inspect), before })).toBeGreaterThan(10);
      },
    );
  },
);
