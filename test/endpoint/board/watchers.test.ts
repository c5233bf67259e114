import { expect, test } from "vitest";
import type { Look, ShownFleet } from "../../../src/endpoint/board/shown-fleet.ts";
import type { BoardEvent } from "../../../src/endpoint/board/snapshot.ts";
import { Watchers } from "../../../src/endpoint/board/watchers.ts";

const event = (id: string): BoardEvent => ({
  ...{
    id,
    home: "home",
    hsmId: "hsm-a",
    time: 1,
    opcode: "CN_LOGIN",
    response: "SUCCESS",
    isRefused: false,
    about: "",
  },
});

/** A fleet whose looks are given out one by one; after them nothing changes. */
function fleetOf(...looks: readonly (Look | Error)[]) {
  const left = [...looks];
  const count = { looks: 0, rests: 0 };
  const fleet: ShownFleet = {
    faultWords: { kinds: [], commands: [], codes: [] },
    look: () => {
      count.looks++;
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    untilChanged: () => new Promise((resolve) => setTimeout(resolve, 250)),
    rest: () => {
      count.rests++;
      return Promise.resolve();
    },
    rows: () => [],
    change: () => Promise.resolve(""),
  };
  return { fleet, count };
}

/** Watches, and writes down what is told. */
function watch(watchers: Watchers) {
  const told: string[] = [];
  let heard = (): void => undefined;
  const tell = (text: string): void => {
    told.push(text);
    heard();
  };
  const leave = watchers.add({
    saw: ({ drills }) => {
      tell(`saw ${String(drills.length)}`);
    },
    happened: (events) => {
      tell(events.map(({ id }) => id).join(" "));
    },
    failed: tell,
  });
  const until = async (length: number): Promise<readonly string[]> => {
    while (told.length < length) await new Promise<void>((resolve) => (heard = resolve));
    return told;
  };
  return { until, leave };
}

const nothing = { homes: [], drills: [] };

test("all who watch are told of one watch; who comes later, of what is known", async () => {
  const { fleet, count } = fleetOf(
    { snapshot: nothing, events: [event("1")] },
    { snapshot: nothing, events: [event("2")] },
  );
  const watchers = new Watchers(fleet);
  const [one, other] = [watch(watchers), watch(watchers)];
  expect(await one.until(4)).toEqual(["saw 0", "1", "saw 0", "2"]);
  expect(await other.until(4)).toEqual(["saw 0", "1", "saw 0", "2"]);
  expect(count.rests).toBe(2);
  const late = watch(watchers);
  expect(await late.until(2)).toEqual(["saw 0", "1 2"]);
  for (const { leave } of [one, other, late]) leave();
});

test("who watches is told once why the fleet cannot be looked at, and when it can be again", async () => {
  const failure = new Error("the disk is gone");
  const { fleet } = fleetOf({ snapshot: nothing, events: [] }, failure, failure);
  const watchers = new Watchers(fleet);
  const watcher = watch(watchers);
  await watcher.until(2);
  const late = watch(watchers);
  expect(await late.until(2)).toEqual(["saw 0", "the disk is gone"]);
  // Nothing is new then but that it can be looked at.
  expect(await watcher.until(3)).toEqual(["saw 0", "the disk is gone", "saw 0"]);
  for (const { leave } of [watcher, late]) leave();
});

test("nobody looks while nobody watches, and a fleet that cannot be looked at is looked at again", async () => {
  const { fleet, count } = fleetOf(new Error("the disk is gone"), { snapshot: nothing, events: [] });
  const watchers = new Watchers(fleet);
  expect(count.looks).toBe(0);
  const watcher = watch(watchers);
  expect(await watcher.until(2)).toEqual(["the disk is gone", "saw 0"]);
  watcher.leave();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const looked = count.looks;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(count.looks).toBe(looked);
  const back = watch(watchers);
  expect(await back.until(1)).toEqual(["saw 0"]);
  back.leave();
});
