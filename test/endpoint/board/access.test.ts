import { fastify } from "fastify";
import { beforeEach, describe, expect, test } from "vitest";
import { board } from "../../../src/endpoint/board/board.ts";
import type { BoardChange } from "../../../src/endpoint/board/change.ts";
import type { ShownFleet } from "../../../src/endpoint/board/shown-fleet.ts";
import { StateError } from "../../../src/errors/state-error.ts";

const token = "a-token";
const host = "127.0.0.1:4599";
const own = { host, origin: `http://${host}`, "x-board-token": token, "content-type": "application/json" };

let changes: BoardChange[];
let failures: unknown[];
let refuse: Error | undefined;

const fleet: ShownFleet = {
  faultWords: { kinds: ["drop"], commands: ["createUser"], codes: ["NOT_AUTHORISED"] },
  look: () => Promise.resolve(undefined),
  untilChanged: () => Promise.resolve(),
  rest: () => Promise.resolve(),
  rows: ({ kind }) => [{ id: "1", name: kind, note: "", isInStep: true, cells: {} }],
  change: (change) => {
    changes.push(change);
    return refuse === undefined ? Promise.resolve("it is done") : Promise.reject(refuse);
  },
};

beforeEach(() => {
  changes = [];
  failures = [];
  refuse = undefined;
});

function server() {
  const made = fastify();
  const failed = (error: unknown): number => failures.push(error);
  void made.register(board({ fleet, page: { script: "let it", style: "be {}" }, token, failed }));
  return made;
}

async function change(
  name: string,
  headers: Readonly<Record<string, string>>,
  payload: unknown = { home: "home", hsm: "hsm-a" },
) {
  const answer = await server().inject({ method: "POST", url: `/board/${name}`, headers, payload: payload as object });
  return { status: answer.statusCode, ...answer.json<{ readonly message: string }>() };
}

describe("a change", () => {
  test("is made for the page of this server with its token", async () => {
    expect(await change("stop", own)).toEqual({ status: 200, message: "it is done" });
    expect(changes).toEqual([{ name: "stop", home: "home", hsm: "hsm-a" }]);
  });

  test.each([
    ["a page of another origin", 403, { ...own, origin: "http://evil.example" }],
    ["a page of another port", 403, { ...own, origin: "http://127.0.0.1:4598" }],
    ["a page without an origin", 403, { ...own, origin: "null" }],
    ["what is no page", 403, { ...own, origin: undefined }],
    ["a form", 415, { ...own, "content-type": "text/plain" }],
    ["a wrong token", 401, { ...own, "x-board-token": "another" }],
    ["no token", 401, { ...own, "x-board-token": undefined }],
  ])("is refused to %s", async (_, status, headers) => {
    const given: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) given[name] = value;
    expect((await change("stop", given)).status).toBe(status);
    expect(changes).toEqual([]);
  });

  test.each([
    ["stop", { home: "home" }, 'hsm: Invalid key: Expected "hsm" but received undefined'],
    ["stop", { home: "home", hsm: "a", more: 1 }, 'more: Invalid key: Expected never but received "more"'],
    ["add-fault", { home: "home", hsm: "all", kind: "explode" }, /^kind: /],
    ["add-fault", { home: "home", hsm: "all", kind: "refuse", code: "SUCCESS" }, /^code: /],
    ["clear-fault", { home: "home", id: 1.5 }, /^id: /],
  ])("%s %j is refused as what it is not", async (name, payload, message) => {
    const answer = await change(name, own, payload);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.message).toMatch(message);
    expect(changes).toEqual([]);
  });

  test("that is no JSON, or that there is not, is refused", async () => {
    const answer = await server().inject({ method: "POST", url: "/board/stop", headers: own, payload: "{" });
    expect(answer.statusCode).toBe(400);
    expect(await change("format", own)).toEqual({ status: 404, message: "the board has no change format" });
  });

  test("that cannot be made says why; one that fails without a reason says nothing of what is inside", async () => {
    refuse = new StateError("hsm-a is stopped already");
    expect(await change("stop", own)).toEqual({ status: 409, message: "hsm-a is stopped already" });
    refuse = new TypeError("secret of the inside");
    expect(await change("stop", own)).toMatchObject({ status: 500 });
    expect(failures).toEqual([refuse]);
  });
});

test("the page is a page, runs its own script alone, and is in nobody's frame", async () => {
  const { headers, body, statusCode } = await server().inject({ url: "/" });
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(body).not.toContain(token);
  for (const [path, text] of [
    ["/board/board.js", "let it"],
    ["/board/board.css", "be {}"],
  ] as const) {
    expect(body).toContain(path);
    expect((await server().inject({ url: path })).body).toBe(text);
  }
});

test("rows and the words of faults are there for the asking", async () => {
  const rows = await server().inject({ url: "/board/rows?home=home&cluster=c&kind=keys" });
  expect(rows.json()).toMatchObject([{ name: "keys" }]);
  expect((await server().inject({ url: "/board/fault-words" })).json()).toEqual(fleet.faultWords);
});
