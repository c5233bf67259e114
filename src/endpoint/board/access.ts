import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Why a change is not even read: the status and what to do about it. */
export interface Denial {
  readonly status: 401 | 403 | 415;
  readonly message: string;
}

/**
 * Whether a change may be asked for: only by a page of this server itself, which a browser says in `Origin`, with the token
 * that the server printed. What has no origin is no page, and has no business here.
 */
export function denialOf(headers: IncomingHttpHeaders, token: string): Denial | undefined {
  const { origin, host = "" } = headers;
  if (origin?.toLowerCase() !== `http://${host}`.toLowerCase()) {
    return { status: 403, message: "a page from elsewhere may change nothing: open the board at its own address" };
  }
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return { status: 415, message: "a change is sent as application/json" };
  const offered = headers["x-board-token"];
  if (typeof offered !== "string" || !isSame(offered, token)) {
    return {
      status: 401,
      message: "the token is missing or wrong: open the board at the address that serve printed, with its ?token=",
    };
  }
  return undefined;
}

/** Takes the same time for every wrong one. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
