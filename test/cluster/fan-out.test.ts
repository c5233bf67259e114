import { expect, test } from "vitest";
import { type Decision, fanOut } from "../../src/cluster/fan-out.ts";
import { Server } from "../../src/cluster/server.ts";
import { HsmError } from "../../src/hsm/return-code.ts";

const servers = ["h0", "h1", "h2"].map(
  (name, id) =>
    new Server(id, { name, hostname: name, port: 2225 }, () => Promise.reject(new HsmError("SERVER_UNAVAILABLE"))),
);

/** A request that succeeds everywhere; what was asked of whom is written down. */
function recorded(log: string[], succeeded: (server: Server) => void) {
  return fanOut({
    servers,
    request: ({ id }) => {
      log.push(`request ${String(id)}`);
      return Promise.resolve(id);
    },
    succeeded,
    failed: ({ id }): Promise<Decision> => {
      log.push(`failed ${String(id)}`);
      return Promise.resolve("retry");
    },
    undo: ({ id }) => {
      log.push(`undo ${String(id)}`);
      return Promise.resolve();
    },
    interrupted: () => Promise.resolve(false),
  });
}

test.each([
  ["an HSM's error", new HsmError("STORAGE_FAILURE")],
  ["any other", new Error("the output is gone")],
])("what fails after a request was done is no failed server: %s", async (_, error) => {
  const log: string[] = [];
  const succeeded = ({ id }: Server): void => {
    if (id === 1) throw error;
  };
  await expect(recorded(log, succeeded)).rejects.toBe(error);
  expect(log).toEqual(["request 0", "request 1"]);
});

test("where nothing fails, every server is asked once, in order", async () => {
  const log: string[] = [];
  expect(await recorded(log, () => undefined)).toBe("everywhere");
  expect(log).toEqual(["request 0", "request 1", "request 2"]);
});
