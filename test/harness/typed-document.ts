import { spawn } from "node:child_process";

/** A command that a document shows, and the lines that it says come of it. */
interface Shown {
  readonly command: string;
  readonly answer: readonly string[];
}

/** What a document shows otherwise than it is. */
export interface Difference {
  readonly command: string;
  readonly shown: readonly string[];
  readonly got: readonly string[];
}

/** The commands of a document, in order: lines after `$ `, which go on after `> `, and below them what they print. */
function shownIn(document: string): readonly Shown[] {
  const blocks = Array.from(document.matchAll(/^```\n(\$ [^]*?)^```$/gm), ([, block = ""]) => block.trimEnd());
  return blocks.flatMap((block) => {
    const commands = block.split(/^\$ /m).slice(1);
    return commands.map((text) => {
      const lines = text.replace(/\n$/, "").split("\n");
      const end = lines.findIndex((line, at) => at > 0 && !/^>(?: |$)/.test(line));
      const typed = end === -1 ? lines : lines.slice(0, end);
      const command = typed.map((line, at) => (at === 0 ? line : line.replace(/^> ?/, ""))).join("\n");
      return { command, answer: end === -1 ? [] : lines.slice(end) };
    });
  });
}

/** Has one bash run all commands of a document in a folder, and returns what comes out otherwise; `…` stands for anything. */
export async function runInShell(
  document: string,
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Promise<readonly Difference[]> {
  const shown = shownIn(document);
  if (shown.length === 0) throw new Error("the document shows no command");
  const script = shown.map(({ command }, at) => `{ ${command}\n} 2>&1\nprintf '\\n@@ %s\\n' ${String(at)}\n`).join("");
  const output = await run(script, folder, env);
  const answers = output.split(/\n@@ \d+\n/);
  return shown.flatMap(({ command, answer }, at) => {
    const got = (answers[at] ?? "").replace(/\n$/, "").split("\n");
    const lines = got.length === 1 && got[0] === "" ? [] : got;
    const isSame = lines.length === answer.length && answer.every((line, each) => isLike(line, lines[each]));
    return isSame ? [] : [{ command, shown: answer, got: lines }];
  });
}

function isLike(line: string, other: string | undefined): boolean {
  const pattern = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return other !== undefined && new RegExp(`^${pattern.join(".+")}$`).test(other);
}

function run(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-s"], { cwd, env, stdio: ["pipe", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", reject).on("close", () => {
      resolve(output);
    });
    child.stdin.end(script);
  });
}
