import { expect, test } from "vitest";
import { placeNamed } from "../../src/store/postgres/place.ts";

test.each([
  ["postgres://postgres@%2Ftmp%2Fpg/postgres?schema=drill", {}],
  ["postgres://postgres@%2Ftmp%2Fpg/postgres", { PGSSLMODE: "require" }],
  ["postgres:///postgres", { PGHOST: "/tmp/pg" }],
])("a socket of this machine is asked for no TLS: %s", (address, environment) => {
  expect(placeNamed(address, environment)).toMatchObject({ connection: { ssl: false }, prefersTls: false });
});

test.each([
  ["postgres://postgres@db.example.com/postgres", {}],
  ["postgres:///postgres", { PGHOST: "db.example.com" }],
])("another host is asked for it: %s", (address, environment) => {
  expect(placeNamed(address, environment).prefersTls).toBe(true);
});
