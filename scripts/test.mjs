// npm test: runs all tests; words behind `npm test --` go to vitest.
import { build, install, runInstalled } from "./prepare.mjs";

install();
build();
runInstalled("vitest", ["run", ...process.argv.slice(2)]);
