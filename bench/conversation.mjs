// A process that is kept open and asked line by line.
import { spawn } from "node:child_process";

/** Starts a process; `ask` writes a line and waits until `ends` accepts what was answered to it. */
export function converse(command, words, env) {
  const child = spawn(command, words, { env, stdio: ["pipe", "pipe", "inherit"] });
  let answer = "";
  let changed = () => undefined;
  child.stdout.setEncoding("utf8").on("data", (text) => {
    answer += text;
    changed();
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  ended.then(() => changed());

  async function until(ends) {
    while (!ends(answer)) {
      if (child.exitCode !== null) throw new Error(`${command} ended instead of answering: ${answer}`);
      await new Promise((resolve) => (changed = resolve));
    }
    const whole = answer;
    answer = "";
    return whole;
  }

  return {
    until,
    ask(line, ends) {
      child.stdin.write(`${line}\n`);
      return until(ends);
    },
    end() {
      child.stdin.end();
      return ended;
    },
  };
}

/** Whether an answer is complete: the prompt stands behind it. */
export const prompted = (answer) => answer.endsWith("aws-cloudhsm>");
