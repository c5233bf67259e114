// npm start: opens the shell, on config/cluster.yaml where no configuration is named.
import { prepare } from "./prepare.mjs";

await prepare();
await import("../dist/main.js");
