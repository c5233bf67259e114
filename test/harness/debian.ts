import { spawnSync } from "node:child_process";
import { writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A program of Debian's that tests drive: its package, and a command that succeeds where it is installed. */
interface DebianProgram {
  readonly package: string;
  readonly probe: readonly [command: string, ...words: readonly string[]];
}

const programs = {
  expect: { package: "expect", probe: ["expect", "-v"] },
  python3: { package: "python3", probe: ["/usr/bin/python3", "-c", "import os, pty; os.waitstatus_to_exitcode"] },
  pexpect: { package: "python3-pexpect", probe: ["/usr/bin/python3", "-c", "import pexpect"] },
  strace: { package: "strace", probe: ["strace", "-V"] },
  openssl: { package: "openssl", probe: ["openssl", "version"] },
  tmux: { package: "tmux", probe: ["tmux", "-V"] },
  chromium: { package: "chromium", probe: ["/usr/bin/chromium", "--version"] },
  // Version 2 of the CLI, and not one that something else put in the path.
  aws: { package: "awscli", probe: ["/usr/bin/aws", "--version"] },
  boto3: { package: "python3-boto3", probe: ["/usr/bin/python3", "-c", "import boto3"] },
  jq: { package: "jq", probe: ["jq", "--version"] },
  curl: { package: "curl", probe: ["curl", "--version"] },
  postgresql: { package: "postgresql-15", probe: ["/usr/lib/postgresql/15/bin/postgres", "--version"] },
  sqlite3: { package: "sqlite3", probe: ["sqlite3", "-version"] },
} as const satisfies Readonly<Record<string, DebianProgram>>;

/** The programs that a test may ask for. */
type DebianProgramName = keyof typeof programs;

/**
 * Whether tests of these programs must be skipped: `describe.skipIf(isMissing("expect"))`. What is missing is
 * installed with apt-get where this runs as root. What is missing still is told on stderr; under CI=true it throws,
 * so that no test is skipped there unseen.
 */
export function isMissing(...names: readonly DebianProgramName[]): boolean {
  const missing = names.filter((name) => !isInstalled(programs[name]) && !install(programs[name]));
  if (missing.length === 0) return false;
  const packages = missing.map((name) => programs[name].package).join(" ");
  const message = `tests of ${missing.join(", ")} cannot run: apt-get install ${packages}`;
  if (process.env["CI"] === "true") throw new Error(message);
  writeSync(2, `\n*** SKIPPED: ${message} ***\n\n`);
  return true;
}

function isInstalled({ probe: [command, ...words] }: DebianProgram): boolean {
  return spawnSync(command, words, { stdio: "ignore" }).status === 0;
}

/** Test files run at the same time: one after the other installs, and finds what the one before installed. */
function install(program: DebianProgram): boolean {
  if (process.getuid?.() !== 0) return false;
  const get = `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${program.package}`;
  const lock = join(tmpdir(), "cloudhsm-apt-get.lock");
  const locked = `flock 9; ${get} || { apt-get update && ${get}; }`;
  spawnSync("sh", ["-c", `{ ${locked}; } 9>${lock}`], { stdio: "ignore" });
  return isInstalled(program);
}
