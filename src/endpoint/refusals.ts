import type { Socket } from "node:net";
import { Refusal } from "./aws/refusal.ts";

/** The most bytes that a body may have. */
export const longestBody = 128 * 1024;

/** What is asked by a name that is not this server's own. */
export function foreignHost(): Refusal {
  const message = "Host must be a loopback name such as 127.0.0.1, or the name that --host gave to cloudhsm-sim serve.";
  return new Refusal("CloudHsmAccessDeniedException", message, 403);
}

/** What is at no path. */
export function nothingThere(): Refusal {
  const message =
    "This is the endpoint of cloudhsm-sim serve, and nothing is at this path: POST to it with aws --endpoint-url.";
  return new Refusal("UnknownOperationException", message, 404);
}

/** What the server's own code failed at; its log says more. */
export function unexpected(): Refusal {
  const message = "The simulator failed: what cloudhsm-sim serve wrote on its standard error says why.";
  return new Refusal("CloudHsmInternalFailureException", message, 500);
}

/** A refusal for what the library refuses with a status of its own: a body that is too long, or none that can be read. */
export function ofLibrary(error: Error & { readonly statusCode?: unknown }): Refusal | undefined {
  if (error.statusCode === 413) {
    const message = `A body has at most ${String(longestBody)} bytes: no operation of cloudhsmv2 takes more.`;
    return new Refusal("RequestEntityTooLargeException", message, 413);
  }
  const { statusCode: status } = error;
  if (typeof status !== "number" || status < 400 || status >= 500) return undefined;
  return new Refusal("SerializationException", "The request cannot be read: POST a JSON object.", status);
}

/** Answers what is no HTTP, or comes too slowly, and closes its connection. */
export function refuseConnection(error: { readonly code?: string | undefined }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [line, refusal] =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? [
          "408 Request Timeout",
          new Refusal("RequestTimeoutException", "The request took too long to arrive: send it again.", 408),
        ]
      : ["400 Bad Request", new Refusal("SerializationException", "This is no request of HTTP/1.1.")];
  const { body } = refusal;
  const head = [
    "content-type: application/x-amz-json-1.1",
    `content-length: ${String(Buffer.byteLength(body))}`,
    "connection: close",
  ];
  socket.end([`HTTP/1.1 ${line}`, ...head, "", body].join("\r\n"));
}
