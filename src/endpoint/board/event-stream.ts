import type { ServerResponse } from "node:http";
import type { BoardEvent } from "./snapshot.ts";
import { type Watcher, type Watchers, remembered } from "./watchers.ts";

/** Milliseconds between two signs of life: a browser that hears nothing for long takes the connection for dead. */
const heartbeat = 10_000;

/** The text of what is told, made once for all who are told. */
const texts = new WeakMap<object, string>();

/** Sends server-sent events until the reader goes. Returns what ends it. */
export function stream(response: ServerResponse, watchers: Pick<Watchers, "add">): () => void {
  /** What a slow reader is told once it has read what is on its way: the latest only, so that it costs no more than that. */
  const waiting = new Map<string, object>();
  const write = (event: string, content: object): void => {
    const text = texts.get(content) ?? JSON.stringify(content);
    texts.set(content, text);
    response.write(`event: ${event}\ndata: ${text}\n\n`);
  };
  const send = (event: string, content: object): void => {
    if (response.writableNeedDrain) waiting.set(event, content);
    else write(event, content);
  };
  response.on("drain", () => {
    const told = [...waiting];
    waiting.clear();
    for (const [event, content] of told) write(event, content);
  });
  const watcher: Watcher = {
    saw: (snapshot) => {
      send("snapshot", snapshot);
    },
    happened: (events) => {
      const before = waiting.get("audit") as readonly BoardEvent[] | undefined;
      send("audit", before === undefined ? events : [...before, ...events].slice(-remembered));
    },
    failed: (problem) => {
      send("problem", { problem });
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
  const beat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(": alive\n\n");
  }, heartbeat);
  const end = (): void => {
    clearInterval(beat);
    leave();
    response.end();
  };
  response.on("close", end);
  return end;
}
