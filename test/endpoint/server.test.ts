import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Call, LostAnswer } from "../../src/endpoint/aws/perform.ts";
import { Refusal } from "../../src/endpoint/aws/refusal.ts";
import type { AnsweredRequest } from "../../src/endpoint/request-log.ts";
import { openServer } from "../../src/endpoint/server.ts";

/** A server whose calls are answered with what they ask for, and what it tells of them. */
function served(
  call: (call: Call) => Promise<object> = (asked) => Promise.resolve(asked),
  more: Pick<Parameters<typeof openServer>[0], "board"> = {},
) {
  const answered: AnsweredRequest[] = [];
  const failures: unknown[] = [];
  const server = openServer({
    host: "hsms.example",
    region: "us-east-1",
    call,
    ...more,
    roots: () => Promise.resolve({ aws: "root of AWS", manufacturer: "root of the manufacturer" }),
    answered: (request) => answered.push(request),
    failed: (error) => failures.push(error),
  });
  onTestFinished(() => server.close());
  return { server, answered, failures };
}

const target = { "x-amz-target": "BaldrApiService.DescribeClusters", host: "127.0.0.1:4599" };

function signed(region: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKIDTEST/20261124/${region}/cloudhsm/aws4_request, SignedHeaders=host, Signature=00`;
}

describe("a call", () => {
  test.each(["/", "/x", "/a/b%20c?d=e"])("is taken at %s, with the region of its signature", async (url) => {
    const { server, answered } = served();
    const headers = { ...target, authorization: signed("eu-west-1") };
    const {
      statusCode,
      headers: got,
      body,
    } = await server.inject({ method: "POST", url, headers, payload: '{"A": 1}' });
    expect(statusCode).toBe(200);
    expect(got["content-type"]).toBe("application/x-amz-json-1.1");
    expect(got["x-amzn-requestid"]).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(JSON.parse(body)).toEqual({ operation: "DescribeClusters", region: "eu-west-1", input: { A: 1 } });
    expect(answered).toMatchObject([
      { what: "DescribeClusters", region: "eu-west-1", status: 200, refused: undefined },
    ]);
    expect(JSON.stringify(answered)).not.toContain("AKIDTEST");
  });

  test("that is not signed is for the usual region", async () => {
    const { body } = await served().server.inject({ method: "POST", url: "/", headers: target, payload: "{}" });
    expect(JSON.parse(body)).toMatchObject({ region: "us-east-1" });
  });
});

test("a foreign host is refused before a route of the board has a say", async () => {
  const { server, answered } = served(undefined, {
    board: (routes) => {
      routes.post("/board/change", {
        handler: () => "changed",
        errorHandler: (_error, _request, reply) => {
          void reply.code(409).send("another status");
        },
      });
      return Promise.resolve();
    },
  });
  const ask = (host: string) => server.inject({ method: "POST", url: "/board/change", headers: { host } });
  expect((await ask("localhost:4599")).body).toBe("changed");
  expect(await ask("evil.example")).toMatchObject({ statusCode: 403 });
  expect(answered[1]).toMatchObject({ status: 403, refused: "CloudHsmAccessDeniedException" });
});

describe("a refusal has a type, a message and a status of 400 or more", () => {
  const post = { method: "POST" as const, url: "/", headers: target, payload: "{}" };
  const refused = [
    ["no target", { ...post, headers: { host: "localhost" } }, 400, "UnknownOperationException", "X-Amz-Target"],
    [
      "another service",
      { ...post, headers: { ...target, "x-amz-target": "Other.Do" } },
      400,
      "UnknownOperationException",
      "",
    ],
    [
      "what can be no operation",
      { ...post, headers: { ...target, "x-amz-target": `BaldrApiService.${"a".repeat(65)}` } },
      400,
      "UnknownOperationException",
      "BaldrApiService.<operation>",
    ],
    [
      "two operations",
      { ...post, headers: { ...target, "x-amz-target": "BaldrApiService.ListTags, BaldrApiService.ListTags" } },
      400,
      "UnknownOperationException",
      "BaldrApiService.<operation>",
    ],
    ["no JSON", { ...post, payload: "{" }, 400, "SerializationException", "JSON object"],
    ["no object", { ...post, payload: "[]" }, 400, "SerializationException", "JSON object"],
    ["null", { ...post, payload: "null" }, 400, "SerializationException", "JSON object"],
    ["nothing", { ...post, payload: "" }, 400, "SerializationException", "JSON object"],
    ["no UTF-8", { ...post, payload: Buffer.from([0x7b, 0xff, 0x7d]) }, 400, "SerializationException", "UTF-8"],
    [
      "too deep",
      { ...post, payload: '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000) },
      400,
      "SerializationException",
      "",
    ],
    ["too much", { ...post, payload: " ".repeat(131_073) }, 413, "RequestEntityTooLargeException", "131072"],
    [
      "a region that is none",
      { ...post, headers: { ...target, authorization: signed("mars") } },
      400,
      "CloudHsmInvalidRequestException",
      "mars",
    ],
    ["another method", { ...post, method: "PUT" as const }, 404, "UnknownOperationException", "aws --endpoint-url"],
    [
      "a look",
      { method: "GET" as const, url: "/", headers: { host: "localhost" } },
      404,
      "UnknownOperationException",
      "",
    ],
    ["a broken path", { ...post, url: "/%zz" }, 404, "UnknownOperationException", "path"],
    [
      "a foreign host",
      { ...post, headers: { ...target, host: "evil.example" } },
      403,
      "CloudHsmAccessDeniedException",
      "--host",
    ],
    [
      "a foreign look",
      { method: "GET" as const, url: "/", headers: { host: "evil.example:4599" } },
      403,
      "CloudHsmAccessDeniedException",
      "",
    ],
  ] as const;
  test.each(refused)("%s", async (_what, request, status, type, words) => {
    const { server, answered, failures } = served();
    const { statusCode, headers, body } = await server.inject(request);
    expect({ statusCode, ...(JSON.parse(body) as object) }).toEqual({
      statusCode: status,
      __type: type,
      Message: expect.stringContaining(words) as string,
    });
    expect(headers["content-type"]).toBe("application/x-amz-json-1.1");
    expect(headers["x-amzn-requestid"]).toBeDefined();
    expect(failures).toEqual([]);
    if (request.url !== "/%zz") expect(answered).toMatchObject([{ status, refused: type }]);
  });

  test("one of an operation", async () => {
    const { server, answered } = served(() => Promise.reject(new Refusal("ThrottlingException", "Rate exceeded")));
    const { statusCode, body } = await server.inject({ ...post });
    expect([statusCode, body]).toEqual([400, '{"__type":"ThrottlingException","Message":"Rate exceeded"}']);
    expect(answered).toMatchObject([{ what: "DescribeClusters", refused: "ThrottlingException" }]);
  });

  test("a failure of the program says where to look, and no more", async () => {
    const failure = new Error("at /secret/path.ts:3");
    const { server, failures } = served(() => Promise.reject(failure));
    const { statusCode, body } = await server.inject({ ...post });
    expect([statusCode, JSON.parse(body)]).toMatchObject([500, { __type: "CloudHsmInternalFailureException" }]);
    expect(body).not.toMatch(/secret|\bat /);
    expect(failures).toEqual([failure]);
  });
});

test.each([
  ["/AWS_CloudHSM_Root-G1.crt", "root of AWS"],
  ["/liquid_security_certificate.crt", "root of the manufacturer"],
])("%s is a root", async (url, root) => {
  const { statusCode, body } = await served().server.inject({ method: "GET", url, headers: { host: "localhost" } });
  expect([statusCode, body]).toEqual([200, root]);
});

describe("on a connection", () => {
  /** What is answered to bytes. */
  async function answerTo(bytes: string, { server } = served()): Promise<string> {
    await server.listen({ host: "127.0.0.1", port: 0 });
    const { port } = server.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
      let text = "";
      socket.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        if (text.includes("}")) socket.end();
      });
      socket.on("error", reject).on("close", () => {
        resolve(text);
      });
    });
  }

  test("what is no HTTP is answered in JSON", async () => {
    const answer = await answerTo("garbage\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('{"__type":"SerializationException"');
  });

  test("a request without Host is refused", async () => {
    expect(await answerTo("GET / HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1.1 403 [^]*CloudHsmAccessDeniedException/);
  });

  test("the address at which it arrived is a name for it", async () => {
    expect(await answerTo("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).toMatch(/^HTTP\/1.1 404 /);
  });

  test("whoever asked before the end is answered", async () => {
    const calls: ((output: object) => void)[] = [];
    const { server } = served(() => new Promise((resolve) => calls.push(resolve)));
    await server.listen({ host: "127.0.0.1", port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const asked = fetch(`http://127.0.0.1:${String(port)}/`, { method: "POST", headers: target, body: "{}" });
    await expect.poll(() => calls.length).toBe(1);
    const closed = server.close();
    calls[0]?.({ late: true });
    expect(await (await asked).json()).toEqual({ late: true });
    await closed;
  });

  test("a lost answer is a connection that is closed", async () => {
    const lossy = served(() => Promise.reject(new LostAnswer()));
    const request = `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: ${target["x-amz-target"]}\r\nContent-Length: 2\r\n\r\n{}`;
    expect(await answerTo(request, lossy)).toBe("");
    expect(lossy.answered).toMatchObject([{ what: "DescribeClusters", status: "lost" }]);
    expect(lossy.failures).toEqual([]);
  });
});
