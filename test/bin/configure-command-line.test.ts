import { expect, test } from "vitest";
import { parseConfigureCommandLine } from "../../src/bin/configure-command-line.ts";

const prefix = "/opt/cloudhsm";
const parse = (...words: readonly string[]) => parseConfigureCommandLine(["--prefix", prefix, ...words]);

test.each([
  [["-a", "10.0.2.9"], { kind: "one", address: "10.0.2.9" }],
  [["--cmu", "10.0.2.9"], { kind: "cluster", address: "10.0.2.9" }],
  [["-m"], { kind: "daemon", id: 1 }],
  [["-m", "-i", "2"], { kind: "daemon", id: 2 }],
  [["--ssl", "--pkey", "k", "--cert", "c"], { kind: "identity", privateKey: "k", certificate: "c" }],
])("%j is read", (words, setting) => {
  expect(parse(...words)).toEqual({ prefix, setting });
});

test.each([
  [[], "nothing to do: give one of -a, -m, --ssl and --cmu"],
  [["-a", "h0", "--cmu", "h0"], "-a and --cmu do not go together"],
  [["-a", "h0", "-m"], "-a and -m do not go together"],
  [["-m", "--ssl", "--cmu", "h0"], "-m and --ssl and --cmu do not go together"],
  [["-i", "1"], "-i goes with -m"],
  [["-a", "h0", "-i", "1"], "-i goes with -m"],
  [["-m", "-i", "0"], "must be a whole number"],
  [["--pkey", "k"], "--pkey and --cert go with --ssl"],
  [["-a", "h0", "--cert", "c"], "--pkey and --cert go with --ssl"],
  [["--ssl"], "--ssl takes both"],
  [["--ssl", "--pkey", "k"], "--ssl takes both"],
  [["-a"], "argument missing"],
  [["-a", "-m"], "option '-a <ENI IP address>' argument '-m' is invalid. It is an option, too: a value is missing."],
  [["--cmu", "--help"], "argument '--help' is invalid"],
  [["--ssl", "--pkey", "--cert", "c"], "argument '--cert' is invalid"],
  [["-a", "h0", "h1"], "too many arguments"],
  [["--cluster", "h0"], "unknown option"],
  [["--prefix", "", "-m"], "below the folder that cloudhsm-sim install made"],
])("%j is refused", (words, problem) => {
  expect(parse(...words)).toMatchObject({ status: 2, text: expect.stringContaining(problem) as string });
});

test.each(["-h", "--help"])("%s shows the original's forms", (word) => {
  const answer = parseConfigureCommandLine([word]);
  expect(answer).toMatchObject({ status: 0 });
  for (const form of ["-a <ENI IP address>", "-m [-i <daemon_id>]", "--ssl --pkey", "--cmu <ENI IP address>"]) {
    expect(answer).toMatchObject({ text: expect.stringContaining(form) as string });
  }
  expect(answer).not.toMatchObject({ text: expect.stringContaining("--prefix") as string });
});
