import { expect, test } from "vitest";
import { type Decision, askAll, askEach } from "../../src/cluster/ask-each.ts";
import { Server } from "../../src/cluster/server.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import { HsmError } from "../../src/hsm/return-code.ts";

/** Servers whose HSMs are known by their labels only. */
const servers = ["h0", "h1", "h2"].map(
  (name, id) =>
    new Server(id, { name, hostname: name, port: 2225 }, () =>
      Promise.resolve({ identity: { id: name, clusterId: "c" } } as unknown as Hsm),
    ),
);

interface Script {
  /** How often each server refuses before it succeeds. */
  readonly refusals?: Readonly<Record<string, number>>;
  readonly decisions?: readonly Decision[];
  readonly succeeded?: (server: Server) => void;
  /** Before which server somebody presses Ctrl-C. */
  readonly interruptedAt?: number;
}

/** A round, and what was asked of whom. */
function round({ refusals = {}, decisions = [], succeeded, interruptedAt }: Script) {
  const log: string[] = [];
  const left = new Map(Object.entries(refusals));
  const toCome = [...decisions];
  let asked = 0;
  const result = askEach({
    servers,
    request: ({ identity: { id } }) => {
      log.push(`request ${id}`);
      const times = left.get(id) ?? 0;
      left.set(id, times - 1);
      return times > 0 ? Promise.reject(new HsmError("STORAGE_FAILURE")) : Promise.resolve(id);
    },
    succeeded: ({ server }, before) => {
      log.push(`succeeded ${String(server.id)} after ${String(before.length)}`);
      succeeded?.(server);
    },
    failed: ({ server }, before) => {
      log.push(`failed ${String(server.id)} after ${String(before.length)}`);
      return Promise.resolve(toCome.shift() ?? "ignore");
    },
    interrupted: () => Promise.resolve(++asked === interruptedAt),
  });
  return { log, result };
}

const shape = async ({ result }: ReturnType<typeof round>) => {
  const { answers, end } = await result;
  return [end, answers.map(({ server, outcome }) => `${String(server.id)} ${outcome}`)];
};

test.each([
  ["an HSM's error", new HsmError("STORAGE_FAILURE")],
  ["any other", new Error("the output is gone")],
])("what fails after a request was done is no failed server: %s", async (_, error) => {
  const { log, result } = round({
    succeeded: ({ id }) => {
      if (id === 1) throw error;
    },
  });
  await expect(result).rejects.toBe(error);
  expect(log).toEqual(["request h0", "succeeded 0 after 0", "request h1", "succeeded 1 after 1"]);
});

test("where nothing fails, every server is asked once, in order", async () => {
  const asked = round({});
  expect(await shape(asked)).toEqual(["everywhere", ["0 done", "1 done", "2 done"]]);
  expect(asked.log.filter((line) => line.startsWith("request"))).toEqual(["request h0", "request h1", "request h2"]);
});

test.each<readonly [Script, string, readonly string[]]>([
  [{ refusals: { h1: 1 }, decisions: ["retry"] }, "everywhere", ["0 done", "1 done", "2 done"]],
  [{ refusals: { h1: 2 }, decisions: ["retry", "ignore"] }, "everywhere", ["0 done", "1 failed", "2 done"]],
  [{ refusals: { h1: 1 }, decisions: ["abort"] }, "abort", ["0 done", "1 failed"]],
  [{ refusals: { h2: 1 }, decisions: ["rollBack"] }, "rollBack", ["0 done", "1 done", "2 failed"]],
  [{ interruptedAt: 1 }, "interrupted", ["0 done"]],
])("the last answer of each server counts, up to where a decision ends it: %j", async (script, end, answers) => {
  expect(await shape(round(script))).toEqual([end, answers]);
});

test("servers that may refuse are all asked where nobody decides, and what is no refusal is thrown", async () => {
  const refusing = ({ identity: { id } }: Hsm): Promise<string> =>
    id === "h1" ? Promise.reject(new HsmError("SERVER_UNAVAILABLE")) : Promise.resolve(id);
  const answers = await askAll(servers, refusing);
  expect(answers.map(({ outcome }) => outcome)).toEqual(["done", "failed", "done"]);
  const fault = new Error("a fault of this program");
  await expect(askAll(servers, () => Promise.reject(fault))).rejects.toBe(fault);
});
