import { expect, test } from "vitest";
import { parseMoment } from "../../../src/bin/fleet/moment.ts";

const now = Date.UTC(2026, 0, 31, 12);

test.each([
  ["2026-01-31", "2026-01-31T00:00:00Z"],
  ["2026-01-31T11:30", "2026-01-31T11:30:00Z"],
  ["2026-01-31 11:30:15", "2026-01-31T11:30:15Z"],
  ["2026-01-31T11:30:15.25Z", "2026-01-31T11:30:15.250Z"],
  ["2026-01-31T11:30:15+02:00", "2026-01-31T09:30:15Z"],
  ["90s", "2026-01-31T11:58:30Z"],
  ["10m", "2026-01-31T11:50:00Z"],
  ["2h", "2026-01-31T10:00:00Z"],
  ["3d", "2026-01-28T12:00:00Z"],
])("%s is %s", (word, iso) => {
  expect(parseMoment(word, now)).toBe(Date.parse(iso) * 1000);
});

test.each(["", "10", "m", "10 m", "-1h", "yesterday", "2026-13-01", "2026-01-31T25:00", "31.1.2026", "2026-01-31Tnow"])(
  "%j is no time",
  (word) => {
    expect(() => parseMoment(word, now)).toThrow("Give a time as");
  },
);
