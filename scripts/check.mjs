// npm run check: types, lint, format, unused code and the shape of the package.
import { build, install, runInstalled } from "./prepare.mjs";

install();
build();
runInstalled("tsc", ["--noEmit"]);
runInstalled("eslint", ["--max-warnings=0", "."]);
runInstalled("prettier", ["--check", "--log-level=warn", "."]);
runInstalled("knip", []);
runInstalled("publint", ["--strict"]);
