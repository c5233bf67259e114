// npm run bench: measures the built program and prints the table of docs/benchmarks.md; words behind
// `npm run bench --` choose the rows whose name has one of them.
import { prepare } from "./prepare.mjs";

await prepare();
const [starts, sessions, keys, fleet, board, endpoint, { heading, line, machine }] = await Promise.all([
  import("../bench/start-rows.mjs"),
  import("../bench/session-rows.mjs"),
  import("../bench/key-rows.mjs"),
  import("../bench/fleet-rows.mjs"),
  import("../bench/board-rows.mjs"),
  import("../bench/endpoint-rows.mjs"),
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
  fleet.compareKeys,
  fleet.compareUsers,
  fleet.hsmAdd,
  board.paintUsers,
  board.paintKeys,
  board.changeUsers,
  board.changeKeys,
  endpoint.describeClusters,
];
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());

console.log(`${machine()}\n\n${heading}`);
for (const row of rows) {
  if (wanted.length > 0 && !wanted.some((word) => row.name.toLowerCase().includes(word))) continue;
  console.log(line(await row()));
}
