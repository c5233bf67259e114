import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HomeVisits } from "../../../src/app/fleet/home-visits.ts";
import type { Visit } from "../../../src/app/fleet/requested-home.ts";
import { readYaml } from "../../../src/config/yaml-file.ts";
import { HomeTurns } from "../../../src/endpoint/home-turns.ts";
import { aws } from "../../../src/simulator/models/aws.ts";
import { MemoryHome } from "../../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../../src/store/memory/memory-place.ts";
import { cluster } from "../../harness/three-hsms.ts";

/** Visits to a home, and how often it was given back. */
function visited() {
  const place = new MemoryPlace();
  const configuration = readYaml("cluster.yaml", cluster, () => aws.limits);
  let given = 0;
  const visit: Visit = (work) => {
    const home = new MemoryHome(place);
    home.giveBack = () => {
      given++;
      return Promise.resolve();
    };
    return work({ home, configuration, isNamed: false });
  };
  const failures: unknown[] = [];
  const visits = new HomeVisits(visit, new HomeTurns(), (error) => failures.push(error));
  return { visits, failures, given: () => given };
}

const look = () => Promise.resolve();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("what was read is given back once it is quiet", async () => {
  const { visits, given, failures } = visited();
  await visits.reading(look);
  await visits.reading(look);
  expect(given()).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect([given(), failures]).toEqual([1, []]);
});

test("what was read is given back now and then though visits never end", async () => {
  const { visits, given } = visited();
  for (let turn = 0; turn < 40; turn++) {
    await visits.reading(look);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(given()).toBeGreaterThanOrEqual(3);
});

test("what was read is given back while a change waits for another program", async () => {
  const { visits, given } = visited();
  await visits.reading(look);
  let end = look as () => void;
  const changed = visits.changing(() => new Promise<void>((resolve) => (end = resolve)));
  await vi.advanceTimersByTimeAsync(200);
  expect(given()).toBe(1);
  end();
  await changed;
  visits.end();
});
