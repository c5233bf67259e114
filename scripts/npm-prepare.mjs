// npm runs this in a clone: after it installed there, before it packs, and where it only links the clone to a global place.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, prepare, root } from "./prepare.mjs";

const canBuild = existsSync(join(root, "node_modules", "esbuild"));

if (process.env["npm_config_global"] === "true") await prepare();
else if (canBuild) build();
else console.error("dist/ was not built, since the development dependencies are left out: npm start does both");
