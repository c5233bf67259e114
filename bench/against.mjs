// node bench/against.mjs <folder>: measures what faults cost those who set none, by turns with the build in another clone of
// this project: the start, and many requests, without a fault and with one that no request of theirs meets.
import { join } from "node:path";
import { insertRows } from "./durable-rows.mjs";
import { copyHome, createHome, fleetProgram, password, program, sessionOf, started } from "./home.mjs";
import { finish, medians } from "./measure.mjs";
import { piped } from "./session-rows.mjs";
import { prompt } from "./start-rows.mjs";
import { machine } from "./table.mjs";

const other = process.argv[2];
if (other === undefined) throw new Error("node bench/against.mjs <folder of another clone, built>");
const before = join(other, "dist", "main.js");
const count = 1000;
const login = `loginHSM CO admin ${password}`;
const nothing = ["-e", "0"];

console.log(
  `${machine()}\n\n| what | before | now, none set | now, one set | beside |\n| --- | ---: | ---: | ---: | ---: |`,
);
const words = (home, build) => sessionOf(home, build);
const [plain, faulty] = homes({ hsms: 3 });
print(
  "Start to exit, beside `node -e 0`",
  await medians(
    30,
    () => finish(process.execPath, words(plain, before).words, { ...words(plain, before), input: "quit\n" }),
    () => finish(process.execPath, words(plain).words, { ...words(plain), input: "quit\n" }),
    () => finish(process.execPath, words(faulty).words, { ...words(faulty), input: "quit\n" }),
    () => finish(process.execPath, nothing),
  ),
);
const atPrompt = ({ words: line, env }) => prompt(line, env);
print(
  "Start to prompt on a terminal, beside `node -e 0` on one",
  await medians(
    20,
    () => atPrompt(words(plain, before)),
    () => atPrompt(words(plain)),
    () => atPrompt(words(faulty)),
    () =>
      prompt(
        ["-e", 'process.stdout.write("aws-cloudhsm>"); process.stdin.once("data", () => process.exit())'],
        process.env,
      ),
  ),
);
const [many, manyFaulty] = homes({ hsms: 2, more: count });
const lines = [login, "server 0", ...Array.from({ length: count }, (_, index) => `syncUser ${String(index + 3)} 1`)];
const syncAll = (template, build) => piped(started(copyHome(template)), lines, "syncUser success", count, build);
print(
  "1,000 piped syncUser, beside `sqlite3` inserting rows",
  await medians(
    10,
    () => syncAll(many, before),
    () => syncAll(many, program),
    () => syncAll(manyFaulty, program),
    () => insertRows(count),
  ),
);

/** Two homes alike, but for a fault in the second one that is for a request which nobody makes here. */
function homes(traits) {
  const home = createHome(traits);
  const second = started(copyHome(home));
  const fault = ["fault", "add", "--hsm", "all", "--kind", "drop", "--request", "users.delete"];
  finish(process.execPath, [fleetProgram, ...fault], { env: sessionOf(second).env });
  return [home, second];
}

/** A row of medians in milliseconds, each with its ratio to the last one. */
function print(what, measured) {
  const beside = measured.at(-1);
  const cells = measured.map((time, at) =>
    at === measured.length - 1 ? `${time.toFixed(0)} ms` : `${time.toFixed(0)} ms (${(time / beside).toFixed(2)})`,
  );
  console.log(`| ${[what, ...cells].join(" | ")} |`);
}
