// node bench/first-starts.mjs <rounds>: two to eight shells start together on a new home, again and again; afterwards
// each HSM's own user must get from it to every other one, and all HSMs of a cluster must have the same roots. Ends
// with status 1 where one round failed. CI runs a few rounds of it.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
/** Of the HSMs in the order of their servers: which cluster each belongs to. */
const clusterOf = ["a", "a", "a", "b", "b", "c"];
const servers = [...clusterOf.keys()];
const hsm = (n) =>
  `      - { id: hsm-${n}, hostname: h${n}, users: [{ id: ${n + 10}, type: CU, name: user${n}, password: user12345 }] }\n`;
const head = (id, more) => `  - id: cluster-${id}\n    passwordCost: 10\n    ${more}\n    hsms:\n`;
const admin = "{ id: 1, type: CO, name: admin, password: co12345 }";
const hsmsOf = (id) =>
  servers
    .filter((n) => clusterOf[n] === id)
    .map(hsm)
    .join("");
const configuration =
  `clusters:\n${head("a", `users: [${admin}]`)}${hsmsOf("a")}` +
  `${head("b", "cloneOf: cluster-a")}${hsmsOf("b")}${head("c", "cloneOf: cluster-b")}${hsmsOf("c")}`;

/** The types of certificates that all HSMs of a cluster and its clones share: both roots, and the key of the first cluster. */
const roots = ["1", "4", "8"];

function run(home, input) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, "--home", home, join(home, "cluster.yaml")], {
      env: { ...process.env, XDG_STATE_HOME: home },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("close", (status) => resolve({ status, output }));
    child.stdin.end(input.join("\n"));
  });
}

/** What is wrong with a home that so many shells created at once; empty where nothing is. */
async function round(shells) {
  const home = mkdtempSync(join(tmpdir(), "first-starts-"));
  // Certificates are written beside the home: nothing of it is for commands.
  const files = mkdtempSync(join(tmpdir(), "first-starts-"));
  try {
    writeFileSync(join(home, "cluster.yaml"), configuration);
    const first = await Promise.all(Array.from({ length: shells }, () => run(home, ["quit"])));
    const wrong = first.filter(({ status }) => status !== 0).map(({ output }) => output);
    const syncs = servers.flatMap((from) => [
      `server ${from}`,
      ...roots.map((type) => `getCert ${join(files, `${from}-${type}`)} ${type}`),
      ...servers.filter((to) => to !== from).map((to) => `syncUser ${from + 10} ${to}`),
      "exit",
    ]);
    const { output } = await run(home, ["loginHSM CO admin co12345", ...syncs, "quit"]);
    const copied = output.match(/syncUser success/g)?.length ?? 0;
    const expected = servers.length * (servers.length - 1);
    if (copied !== expected) wrong.push(`${copied} of ${expected} copies`, output);
    for (const type of roots) {
      const texts = servers.map((n) => readFileSync(join(files, `${n}-${type}`), "utf8"));
      if (new Set(texts).size !== 1) wrong.push(`certificates of type ${type} differ`);
    }
    return wrong;
  } finally {
    for (const folder of [home, files]) rmSync(folder, { recursive: true, force: true });
  }
}

const rounds = Number(process.argv[2] ?? 100);
let failed = 0;
for (let n = 0; n < rounds; n++) {
  const shells = 2 + ((n * 3) % 7);
  const wrong = await round(shells);
  if (wrong.length === 0) continue;
  failed++;
  console.log(`round ${n}, ${shells} shells: ${wrong.join("\n")}`);
}
console.log(`${rounds} first starts of 2 to 8 shells: ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
