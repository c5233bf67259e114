// npm test: runs all tests; words behind `npm test --` go to vitest.
import { prepare, runInstalled } from "./prepare.mjs";

await prepare();
runInstalled("vitest", ["run", ...process.argv.slice(2)]);
