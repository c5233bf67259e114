import type { FastifyReply, FastifyRequest } from "fastify";

/** What is told of a request that was answered: nothing of what is in it. */
export interface AnsweredRequest {
  /** Milliseconds since 1970 at which it was answered. */
  readonly time: number;
  /** The operation, or the method and path of what calls none. */
  readonly what: string;
  readonly region: string | undefined;
  /** The status of HTTP; `lost` where the connection was closed without an answer. */
  readonly status: number | "lost";
  /** The type of the error that it was refused with. */
  readonly refused: string | undefined;
  readonly milliseconds: number;
}

/** What is known of requests under way, until they are answered. */
export class RequestLog {
  readonly #called = new WeakMap<FastifyRequest, { readonly operation: string; readonly region: string }>();
  readonly #refused = new WeakMap<FastifyRequest, string>();

  /** Notes what a request asks for. */
  called(request: FastifyRequest, operation: string, region: string): void {
    this.#called.set(request, { operation, region });
  }

  /** Notes the type of the error that a request is refused with. */
  refused(request: FastifyRequest, type: string): void {
    this.#refused.set(request, type);
  }

  /** What is told of a request whose connection is closed instead of an answer. */
  lost(request: FastifyRequest, reply: FastifyReply): AnsweredRequest {
    return { ...this.answered(request, reply), status: "lost" };
  }

  /** What is told of a request that has its answer. */
  answered(request: FastifyRequest, reply: FastifyReply): AnsweredRequest {
    const called = this.#called.get(request);
    const path = request.url.replace(/\?.*$/s, "");
    return {
      time: Date.now(),
      what: called?.operation ?? `${request.method} ${path}`,
      region: called?.region,
      status: reply.statusCode,
      refused: this.#refused.get(request),
      milliseconds: Math.round(reply.elapsedTime),
    };
  }
}
