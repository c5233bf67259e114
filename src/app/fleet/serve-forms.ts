import type { AnsweredRequest } from "../../endpoint/request-log.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";
import { shellLine } from "../../text/shell-line.ts";

/** What serves, and what. */
export interface Served {
  readonly url: string;
  readonly home: string;
  /** The region of requests that are not signed. */
  readonly region: string;
  /** By which the board changes things; undefined where there is no board. */
  readonly token: string | undefined;
}

/** What is said once requests are answered: what to type elsewhere. */
export function startLines(served: Served, json: boolean): string {
  const { url, home, region, token } = served;
  const board = token === undefined ? undefined : `${url}/?token=${token}`;
  if (json) return `${oneLine({ url, home, region, board })}\n`;
  // Only the brackets of an IPv6 address mean anything to a shell.
  const word = url.includes("[") ? shellLine([url]) : url;
  const lines = [
    `Serving the HSMs in ${home} at ${url} until Ctrl-C.`,
    `  aws --endpoint-url ${word} cloudhsmv2 describe-clusters`,
    ...(board === undefined ? [] : [`  the board, for a browser: ${board}`]),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

/** What the log says of a request. */
export function requestLine(answered: AnsweredRequest, json: boolean): string {
  const { time, what, region, status, refused, milliseconds } = answered;
  if (json) return oneLine({ ...answered, time: new Date(time).toISOString() });
  const words = [new Date(time).toISOString(), what, region, String(status), refused, `${String(milliseconds)} ms`];
  return words.filter((word) => word !== undefined).join(" ");
}
