// Times things in turn, so that whatever else the machine does falls on all of them alike.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Does every task `rounds` times, interleaved, after one round that does not count. A task gives its own measure; one
 * that gives no number is measured in milliseconds from its beginning to its end. Gives the medians in the same order.
 */
export async function medians(rounds, ...tasks) {
  const measured = tasks.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const begin = performance.now();
      const own = await task();
      if (round > 0) measured[index].push(typeof own === "number" ? own : performance.now() - begin);
    }
  }
  return measured.map(median);
}

/** Times `work` apart from what a task has to prepare. */
export async function timed(work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** Runs a program to its end and gives its output; an end that is not its status 0 is no measurement. */
export function finish(program, words, { input = "", env = process.env, stdio = ["pipe", "pipe", "inherit"] } = {}) {
  const { status, signal, error, output } = spawnSync(program, words, { input, env, stdio, maxBuffer: 2 ** 28 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${String(status ?? signal)}`);
  return output.map((bytes) => bytes?.toString("utf8") ?? "");
}

/** The largest resident memory, in megabytes, of Node running `words`. */
export function peakMemory(words, options) {
  const reporter = fileURLToPath(new URL("report-peak.cjs", import.meta.url));
  const stdio = ["pipe", "pipe", "inherit", "pipe"];
  const [, , , peak] = finish(process.execPath, ["--require", reporter, ...words], { ...options, stdio });
  return Number(peak) / 1024;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}
