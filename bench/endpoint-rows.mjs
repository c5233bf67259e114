// What a call of the service costs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fastify } from "fastify";
import { createHome, fleetProgram, sessionOf } from "./home.mjs";
import { medians } from "./measure.mjs";

const calls = 200;

/** describe-clusters of three HSMs, one call after the other, beside a server that does nothing but answer as much. */
export async function describeClusters() {
  const home = createHome({ hsms: 3, users: 10 });
  const words = [fleetProgram, "serve", "--home", home, "--port", "0", "--quiet", "--json", "--no-board"];
  const serving = spawn(process.execPath, words, { env: sessionOf(home).env, stdio: ["ignore", "pipe", "inherit"] });
  const [told] = await once(serving.stdout, "data");
  const { url } = JSON.parse(String(told));
  const answer = await call(url);
  if (!answer.includes("10.0.0.3")) throw new Error(answer);
  const plain = fastify();
  plain.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));
  plain.post("*", (_request, reply) => reply.send(answer));
  const beside = await plain.listen({ host: "127.0.0.1", port: 0 });
  const many = async (server) => {
    for (let each = 0; each < calls; each++) await call(server);
  };
  const [ours, theirs] = await medians(
    10,
    () => many(url),
    () => many(beside),
  );
  serving.kill("SIGINT");
  await Promise.all([once(serving, "close"), plain.close()]);
  return {
    what: `${String(calls)} calls of describe-clusters, 3 HSMs`,
    ours,
    beside: "an empty fastify route",
    theirs,
    unit: "ms",
  };
}

async function call(url) {
  const headers = { "x-amz-target": "BaldrApiService.DescribeClusters" };
  const answer = await fetch(url, { method: "POST", headers, body: "{}" });
  return answer.text();
}
