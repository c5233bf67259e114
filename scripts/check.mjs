// npm run check: types, lint, format, unused code and the shape of the package.
import { prepare, runInstalled } from "./prepare.mjs";

await prepare();
runInstalled("tsc", ["--noEmit"]);
runInstalled("tsc", ["--noEmit", "--project", "src/board"]);
runInstalled("eslint", ["--max-warnings=0", "."]);
runInstalled("prettier", ["--check", "--log-level=warn", "."]);
runInstalled("knip", []);
runInstalled("publint", ["--strict"]);
