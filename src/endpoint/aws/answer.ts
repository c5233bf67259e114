import type { FastifyReply } from "fastify";
import type { Refusal } from "./refusal.ts";

/** What AWS JSON 1.1 calls itself. */
const contentType = "application/x-amz-json-1.1";

/** Sends the output of an operation. */
export function answer(reply: FastifyReply, output: object): FastifyReply {
  return send(reply, 200, JSON.stringify(output));
}

/** Sends an error. */
export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return send(reply, refusal.status, refusal.body);
}

function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply
    .code(status)
    .headers({ "content-type": contentType, "x-amzn-requestid": reply.request.id })
    .send(Buffer.from(body));
}
