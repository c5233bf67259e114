import { type AddressInfo, connect } from "node:net";
import { type ServerResponse, createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { stream } from "../../../src/endpoint/board/event-stream.ts";
import type { BoardEvent } from "../../../src/endpoint/board/snapshot.ts";
import type { Watcher } from "../../../src/endpoint/board/watchers.ts";

const megabyte = 1024 * 1024;

/** A reader who reads nothing yet, and the watcher that it is told by. */
async function slowReader() {
  let reach: (who: { readonly answer: ServerResponse; readonly told: Watcher }) => void = () => undefined;
  const reached = new Promise<Parameters<typeof reach>[0]>((resolve) => (reach = resolve));
  const server = createServer((_request, answer) => {
    stream(answer, {
      add: (told) => {
        reach({ answer, told });
        return () => undefined;
      },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return { ...(await reached), socket };
}

const event = (id: string): BoardEvent => ({
  ...{ id, home: "home", hsmId: "hsm-a", time: 1, opcode: "CN_LOGIN" },
  ...{ response: "SUCCESS", isRefused: false, about: "" },
});

test("who reads nothing costs one look, and is told the latest and of all events once it reads", async () => {
  const { answer, told, socket } = await slowReader();
  for (let look = 0; look < 60; look++) {
    told.saw({ homes: [], drills: [{ name: `look ${String(look)}`, title: "", story: "x".repeat(megabyte) }] });
    told.happened([event(`event ${String(look)}`)]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  // What the system has taken is no more in the process.
  expect(answer.writableLength).toBeLessThan(3 * megabyte);
  let heard = "";
  const isTold = new Promise<void>((resolve) => {
    socket.setEncoding("utf8").on("data", (text: string) => {
      heard = (heard + text).replaceAll(/x{100,}/g, "");
      if (heard.includes("look 59") && heard.includes("event 59")) resolve();
    });
  });
  await isTold;
  expect(heard).not.toContain("look 30");
  expect(heard).toContain("event 30");
});
