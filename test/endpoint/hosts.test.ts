import { expect, test } from "vitest";
import { isOwnHost } from "../../src/endpoint/hosts.ts";

const own = [
  "localhost",
  "LOCALHOST:80",
  "hsm.localhost",
  "127.0.0.1:4599",
  "127.9.9.9",
  "[::1]:4599",
  "Bound.example:1",
  "localhost.",
  "10.1.2.3:4599",
];
const foreign = [
  "",
  "example.com",
  "127.0.0.1.example.com",
  "localhost.example.com",
  "[::2]",
  "10.1.2.4",
  "a b",
  "localhost:x",
  "127.0.0.1:4599:1",
  "127.1",
];

test.each(own)("%j is its own", (header) => {
  expect(isOwnHost(header, "bound.example", "::ffff:10.1.2.3")).toBe(true);
});

test.each([undefined, ...foreign])("%j is not its own", (header) => {
  expect(isOwnHost(header, "bound.example", "::ffff:10.1.2.3")).toBe(false);
});
