// Bundles src/ into dist/: what a start needs in one chunk, what only some commands need in chunks of their own.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts"],
  // As if every file imported the session: so all that a start needs lands in one chunk, and not in ten.
  inject: ["src/session.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  external: ["libsql"],
  // yaml's ES modules, which its exports keep from Node: only these can be shaken down to what is used.
  alias: { yaml: `${root}node_modules/yaml/browser/dist/index.js` },
  legalComments: "linked",
  logLevel: "warning",
  write: false,
});
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith(".js") ? withRequire(text) : text);
}
chmodSync(`${root}dist/main.js`, 0o755);

/** What commander and its like need of CommonJS, in the chunks that hold them: loading it takes time. */
function withRequire(text) {
  if (!text.includes("Dynamic require of")) return text;
  return `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\n${text}`;
}
