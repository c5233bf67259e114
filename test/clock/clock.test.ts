import { expect, test } from "vitest";
import { clock } from "../../src/clock/clock.ts";

const noon = Date.UTC(2030, 0, 1, 12);

test("the time has microseconds", () => {
  expect(clock(noon + 0.25, noon)).toBe(noon * 1000 + 250);
});

test("the time goes on while the machine sleeps", () => {
  const slept = 20 * 60 * 1000;
  expect(clock(noon, noon + slept)).toBe((noon + slept) * 1000);
});
