import type { ServerResponse } from "node:http";
import type { Watcher, Watchers } from "./watchers.ts";

/** Milliseconds between two signs of life: a browser that hears nothing for long takes the connection for dead. */
const heartbeat = 10_000;

/** Bytes that wait for a slow reader at most; it comes back, and begins anew. */
const most = 8 * 1024 * 1024;

/** Sends server-sent events until the reader goes. Returns what ends it. */
export function stream(response: ServerResponse, watchers: Watchers): () => void {
  const send = (event: string, content: unknown): void => {
    if (response.writableLength > most) response.destroy();
    else response.write(`event: ${event}\ndata: ${JSON.stringify(content)}\n\n`);
  };
  const watcher: Watcher = {
    saw: (snapshot) => {
      send("snapshot", snapshot);
    },
    happened: (events) => {
      send("audit", events);
    },
    failed: (problem) => {
      send("problem", problem);
    },
  };
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // The end of the stream is that of its connection: none is left to wait for when the server ends.
    connection: "close",
  });
  response.flushHeaders();
  const leave = watchers.add(watcher);
  const beat = setInterval(() => response.write(": alive\n\n"), heartbeat);
  const end = (): void => {
    clearInterval(beat);
    leave();
    response.end();
  };
  response.on("close", end);
  return end;
}
