// What a start costs: time to its end, time to its prompt, memory.
import { spawn } from "@lydell/node-pty";
import { createHome, program, sessionOf } from "./home.mjs";
import { finish, medians, peakMemory } from "./measure.mjs";

const node = process.execPath;
const nothing = ["-e", "0"];
const readline =
  'require("node:readline").createInterface({ input: process.stdin, output: process.stdout, prompt: "aws-cloudhsm>" }).prompt()';

export async function startToExit() {
  const session = sessionOf(createHome({ hsms: 3 }));
  const [ours, theirs] = await medians(
    30,
    () => finish(node, session.words, { ...session, input: "quit\n" }),
    () => finish(node, nothing),
  );
  return { what: "Start to exit, `quit` on stdin, 3 HSMs", ours, beside: "`node -e 0`", theirs, unit: "ms", aim: 1.2 };
}

export async function startToPrompt() {
  const { words, env } = sessionOf(createHome({ hsms: 3 }));
  const [ours, theirs] = await medians(
    20,
    () => prompt(words, env),
    () => prompt(["-e", readline], process.env),
  );
  return {
    what: "Start to prompt on a terminal, 3 HSMs",
    ours,
    beside: "node:readline's prompt",
    theirs,
    unit: "ms",
    aim: 1.25,
  };
}

export async function memoryOfThree() {
  return memory("Peak memory, listUsers, 3 HSMs", sessionOf(createHome({ hsms: 3 })));
}

export async function memoryOfMany() {
  const row = await memory(
    "Peak memory, listUsers, 28 HSMs x 1,024 users",
    sessionOf(createHome({ hsms: 28, users: 1024 })),
  );
  return { ...row, absoluteAim: 150 };
}

async function memory(what, session) {
  const [ours, theirs] = await medians(
    10,
    () => peakMemory(session.words, { ...session, input: "listUsers\nquit\n" }),
    () => peakMemory(nothing),
  );
  return { what, ours, beside: "`node -e 0`", theirs, unit: "MB" };
}

/** From the start of Node on a terminal of its own to the prompt. */
export function prompt(words, env) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const terminal = spawn(node, words, { cwd: program.slice(0, -"dist/main.js".length), env });
    let output = "";
    let time;
    terminal.onData((data) => {
      output += data;
      if (time !== undefined || !output.includes("aws-cloudhsm>")) return;
      time = performance.now() - begin;
      terminal.write("\u0004");
    });
    terminal.onExit(() => {
      if (time === undefined) reject(new Error(`no prompt, but: ${output}`));
      else resolve(time);
    });
  });
}
