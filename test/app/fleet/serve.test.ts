import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFleet } from "../../harness/fleet-program.ts";
import { startServing } from "../../harness/serving.ts";
import { temporaryFolder } from "../../harness/program.ts";

const target = { "x-amz-target": "BaldrApiService.DescribeClusters" };

test("serve says where it is once it answers, logs each request, and ends at Ctrl-C with status 0", async () => {
  const home = join(temporaryFolder(), "home");
  const serving = await startServing(home);
  expect(serving.stdout()).toMatch(
    /^Serving the HSMs in \S+ at (http:\/\/127\.0\.0\.1:\d+) until Ctrl-C\.\n {2}aws --endpoint-url \1 cloudhsmv2 describe-clusters\n/,
  );
  const answer = await fetch(serving.url, { method: "POST", headers: target, body: "{}" });
  expect(await answer.json()).toEqual({ Clusters: [] });
  const refused = await fetch(serving.url, {
    method: "POST",
    headers: { ...target, authorization: "secret" },
    body: "[",
  });
  expect(refused.status).toBe(400);
  const taken = runFleet(home, ["serve", "--port", new URL(serving.url).port]);
  expect(taken).toMatchObject({ status: 1, stdout: "" });
  expect(taken.stderr).toMatch(/^cloudhsm-sim: port \d+ of 127\.0\.0\.1 is taken: .*--port\n$/);
  serving.signal("SIGINT");
  expect(await serving.ended).toBe(0);
  const lines = serving.stderr().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^\d{4}-\S+Z DescribeClusters us-east-1 200 \d+ ms$/);
  expect(lines[1]).toMatch(/^\d{4}-\S+Z DescribeClusters us-east-1 400 SerializationException \d+ ms$/);
});

test("with --json it is one object, with --quiet no line; SIGTERM has a status of its own", async () => {
  const home = join(temporaryFolder(), "home");
  const serving = await startServing(home, ["--json", "--quiet", "--region", "eu-west-1"]);
  expect(JSON.parse(serving.stdout())).toEqual({
    ...{ url: serving.url, home, region: "eu-west-1" },
    board: expect.stringMatching(`^${serving.url}/\\?token=[\\w-]{43}$`) as string,
  });
  await fetch(serving.url, { method: "POST", headers: target, body: "{}" });
  serving.signal("SIGTERM");
  expect(await serving.ended).toBe(143);
  expect(serving.stderr()).toBe("");
});

test("a region that is none is the wrong word", () => {
  const { status, stderr } = runFleet(temporaryFolder(), ["serve", "--region", "mars"]);
  expect(status).toBe(2);
  expect(stderr).toContain("mars is no region: name one such as us-east-1");
});

test.each([
  ["--home", (file: string) => [file], /: ENOTDIR: not a directory/],
  ["--drills", (file: string) => [file], / is a file: name a folder\n$/],
  ["--drills", (file: string) => [join(file, "x", "y")], / can be no folder, .*: name another one\n$/],
] as const)("%s that can be no folder is told at the start, with status 1", (option, place, complaint) => {
  const folder = temporaryFolder();
  const file = join(folder, "file");
  writeFileSync(file, "");
  const { status, stdout, stderr } = runFleet(folder, ["serve", "--port", "0", option, ...place(file)]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^cloudhsm-sim: [^\n]*\n$/);
  expect(stderr).toMatch(complaint);
});

test("who lets others than this machine in is told so", async () => {
  const serving = await startServing(join(temporaryFolder(), "home"), ["--host", "0.0.0.0", "--no-board"]);
  expect(serving.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/);
  const port = new URL(serving.url).port;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers: target, body: "{}" });
  expect(answer.status).toBe(200);
  expect(serving.stderr()).toContain(
    "cloudhsm-sim: --host 0.0.0.0: whoever reaches this machine can change its HSMs\n",
  );
});
