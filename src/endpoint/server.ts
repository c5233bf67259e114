import { randomUUID } from "node:crypto";
import { type FastifyInstance, type FastifyPluginAsync, fastify } from "fastify";
import { answer, refuse } from "./aws/answer.ts";
import { operationOf, regionOf } from "./aws/called.ts";
import { inputOf } from "./aws/input.ts";
import { type Call, LostAnswer } from "./aws/perform.ts";
import { Refusal } from "./aws/refusal.ts";
import { isOwnHost } from "./hosts.ts";
import { foreignHost, longestBody, nothingThere, ofLibrary, refuseConnection, unexpected } from "./refusals.ts";
import { type RootFiles, offerRoots } from "./root-files.ts";
import { type AnsweredRequest, RequestLog } from "./request-log.ts";

/** What the endpoint is made of. */
export interface EndpointParts {
  /** The name that it listens at. */
  readonly host: string;
  /** The region of requests that are not signed. */
  readonly region: string;
  /** Does what a call asks for, and gives its output. Throws Refusal, LostAnswer. */
  readonly call: (call: Call) => Promise<object>;
  readonly roots: () => Promise<RootFiles>;
  /** What else is to be had by GET and POST: a page, with paths of its own. */
  readonly board?: FastifyPluginAsync;
  /** Told of each request when it was answered. */
  readonly answered: (request: AnsweredRequest) => void;
  /** Told of what failed without a reason that a client could mend. */
  readonly failed: (error: unknown) => void;
}

/** Milliseconds in which a request must have arrived. */
const patience = 30_000;

/** Makes the server; it does not listen yet. */
export function openServer(parts: EndpointParts): FastifyInstance {
  const log = new RequestLog();
  const server = fastify({
    bodyLimit: longestBody,
    requestTimeout: patience,
    // Whoever came in before the end is answered.
    return503OnClosing: false,
    http: { headersTimeout: patience, connectionsCheckingInterval: patience / 6, requireHostHeader: false },
    routerOptions: { maxParamLength: 16_384 },
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    clientErrorHandler: refuseConnection,
    frameworkErrors: (_error, _request, reply) => {
      refuse(reply, nothingThere());
    },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  server.addHook("onRequest", (request, reply, done) => {
    if (isOwnHost(request.headers.host, parts.host, request.socket.localAddress)) {
      done();
      return;
    }
    // Before any route has a say in how its errors are told.
    const refusal = foreignHost();
    log.refused(request, refusal.type);
    void refuse(reply, refusal);
  });
  server.addHook("onResponse", (request, reply, done) => {
    parts.answered(log.answered(request, reply));
    done();
  });
  server.setErrorHandler((error: Error & { readonly statusCode?: unknown }, request, reply) => {
    if (error instanceof LostAnswer) {
      parts.answered(log.lost(request, reply));
      reply.hijack();
      request.raw.socket.destroy();
      return;
    }
    const refusal = error instanceof Refusal ? error : ofLibrary(error);
    if (refusal === undefined) parts.failed(error);
    const answered = refusal ?? unexpected();
    log.refused(request, answered.type);
    return refuse(reply, answered);
  });
  server.setNotFoundHandler(() => {
    throw nothingThere();
  });
  offerRoots(server, parts.roots);
  if (parts.board !== undefined) void server.register(parts.board);
  void server.register((aws, _options, done) => {
    aws.removeAllContentTypeParsers();
    aws.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => {
      parsed(null, body);
    });
    aws.post("*", async (request, reply) => {
      const operation = operationOf(request.headers);
      const region = regionOf(request.headers, parts.region);
      log.called(request, operation, region);
      return answer(reply, await parts.call({ operation, region, input: inputOf(request.body) }));
    });
    done();
  });
  return server;
}

/** Inputs are read without the library's schemas, whose compilers are not bundled. */
function noSchemas(): never {
  throw new Error("a route has a schema: routes read what they are sent by themselves");
}
