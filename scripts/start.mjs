// npm start: opens the shell, on config/cluster.yaml where no configuration is named.
import { build, install } from "./prepare.mjs";

install();
build();
await import("../dist/main.js");
