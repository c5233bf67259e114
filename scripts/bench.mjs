// npm run bench: measures the built program and prints the table of docs/benchmarks.md; words behind
// `npm run bench --` choose the rows whose name has one of them.
import { prepare } from "./prepare.mjs";

await prepare();
const [
  starts,
  sessions,
  keys,
  keyUtility,
  fleet,
  board,
  endpoint,
  shared,
  clients,
  { heading, line, machine, sharedHeading, sharedLine },
] = await Promise.all([
  import("../bench/start-rows.mjs"),
  import("../bench/session-rows.mjs"),
  import("../bench/key-rows.mjs"),
  import("../bench/key-utility-rows.mjs"),
  import("../bench/fleet-rows.mjs"),
  import("../bench/board-rows.mjs"),
  import("../bench/endpoint-rows.mjs"),
  import("../bench/postgres-rows.mjs"),
  import("../bench/client-rows.mjs"),
  import("../bench/table.mjs"),
]);
const { startToExit, startToPrompt, memoryOfThree, memoryOfMany } = starts;
const { readOnly, syncUsers, infoLines, loginInStep, createUsers } = sessions;
const { keyHash, syncKeys, allAttributes, memoryOfKeys } = keys;
const rows = [
  startToExit,
  startToPrompt,
  readOnly,
  syncUsers,
  infoLines,
  loginInStep,
  createUsers,
  memoryOfThree,
  memoryOfMany,
  keyHash,
  syncKeys,
  allAttributes,
  memoryOfKeys,
  keyUtility.makeKeys,
  keyUtility.findKeys,
  keyUtility.signatures,
  keyUtility.singleCommand,
  fleet.compareKeys,
  fleet.compareUsers,
  fleet.hsmAdd,
  board.paintUsers,
  board.paintKeys,
  board.changeUsers,
  board.changeKeys,
  endpoint.describeClusters,
];
const sharedRows = [
  shared.pgStart,
  shared.pgSyncUsers,
  shared.pgCreateUsers,
  shared.pgFindKeys,
  clients.pgEightClients,
  clients.pgTwentyClients,
];
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const isWanted = ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word));

console.log(machine());
await table(rows, heading, line);
await table(sharedRows, sharedHeading, sharedLine);

async function table(all, head, lineOf) {
  const wanted = all.filter(isWanted);
  if (wanted.length > 0) console.log(`\n${head}`);
  for (const row of wanted) console.log(lineOf(await row()));
}
