import { expect, test } from "vitest";
import { HomeTurns } from "../../src/endpoint/home-turns.ts";

/** Work that goes on until it is told to end, and the order in which such work began and ended. */
function course() {
  const turns = new HomeTurns();
  const events: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    events.push(`${name} ends`);
    return name;
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await settled();
  };
  return { turns, events, work, end };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("reads run together; a change waits for those before it, and those after it wait for the change", async () => {
  const { turns, events, work, end } = course();
  const results = [
    turns.together(work("read 1")),
    turns.together(work("read 2")),
    turns.alone(work("change 1")),
    turns.together(work("read 3")),
    turns.alone(work("change 2")),
  ];
  await settled();
  expect(events.splice(0)).toEqual(["read 1 begins", "read 2 begins"]);
  await end("read 2");
  expect(events.splice(0)).toEqual(["read 2 ends"]);
  await end("read 1");
  expect(events.splice(0)).toEqual(["read 1 ends", "change 1 begins"]);
  await end("change 1");
  expect(events.splice(0)).toEqual(["change 1 ends", "read 3 begins"]);
  await end("read 3");
  expect(events.splice(0)).toEqual(["read 3 ends", "change 2 begins"]);
  await end("change 2");
  expect(await Promise.all(results)).toEqual(["read 1", "read 2", "change 1", "read 3", "change 2"]);
});

test("what fails fails for whoever asked, and holds up nobody", async () => {
  const turns = new HomeTurns();
  const failing = () => Promise.reject(new Error("no"));
  await expect(turns.together(failing)).rejects.toThrow("no");
  await expect(turns.alone(failing)).rejects.toThrow("no");
  expect(await turns.together(() => Promise.resolve(1))).toBe(1);
  expect(await turns.alone(() => Promise.resolve(2))).toBe(2);
});
