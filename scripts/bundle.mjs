// What dist/ holds, made in memory: chunks for what only some commands need, so that a start loads one.
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { bundledLicences } from "./licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is installed beside the program, and what a library asks for only where a feature of it is used, as none here is. */
const external = [
  "libsql",
  // cli-table3, where a table wants colours of its own.
  "@colors/colors/safe",
  // fastify, where it is to write the log, to check by schemas, or to answer without a socket.
  "pino",
  "@fastify/ajv-compiler",
  "@fastify/fast-json-stringify-compiler",
  "light-my-request",
];

const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  legalComments: "none",
  logLevel: "warning",
  write: false,
};

/**
 * Bundles src/. Returns the name of a folder that says what is in it, its files, the entry files that go beside the
 * folder, by name, the licences of the packages in them, and what every start loads: sources
 * and modules of Node.
 */
export async function bundle() {
  const program = await build({
    ...options,
    entryPoints: [
      "src/bin/program.ts",
      "src/bin/fleet-program.ts",
      "src/bin/configure-program.ts",
      "src/bin/key-program.ts",
    ],
    // As if every file imported the session: so all that a start needs lands in one chunk, and not in ten.
    inject: ["src/app/management-shell.ts", "src/bin/command-line-answer.ts"],
    outdir: "dist",
    // Only ES modules can be split.
    format: "esm",
    splitting: true,
    mainFields: ["module", "main"],
    external,
    // yaml's ES modules, which its exports keep from Node: only these can be shaken down to what is used.
    alias: { yaml: `${root}node_modules/yaml/browser/dist/index.js` },
    metafile: true,
  });
  const files = new Map();
  for (const { path, text } of program.outputFiles) files.set(basename(path), await toCommonJs(text));
  const page = await bundlePage();
  for (const { path, text } of page.outputFiles) files.set(basename(path), text);
  const licences = bundledLicences(root, { inputs: { ...program.metafile.inputs, ...page.metafile.inputs } });
  const folder = digest([...files, ["licences", licences]]);
  const startup = startupChunk(program.metafile);
  const entries = new Map([
    ["cloudhsm-sim.js", await entryOf("cloudhsm-sim", { FLEET_PROGRAM_FILE: `${folder}/fleet-program.js` })],
    ["key-mgmt-util.js", await entryOf("key-mgmt-util", { KEY_PROGRAM_FILE: `${folder}/key-program.js` })],
    ["configure.js", await entryOf("configure", { CONFIGURE_PROGRAM_FILE: `${folder}/configure-program.js` })],
    [
      "main.js",
      await entryOf("cloudhsm-mgmt-util", {
        PROGRAM_FILE: `${folder}/program.js`,
        STARTUP_FILE: `${folder}/${basename(startup)}`,
      }),
    ],
  ]);
  const { inputs, imports } = program.metafile.outputs[startup];
  const modules = imports
    .filter(({ external, kind }) => external && kind === "import-statement")
    .map(({ path }) => path);
  const loaded = { sources: Object.keys(inputs), modules };
  return { folder, files, entries, licences, loaded };
}

/** The page of the board, for browsers: it lies beside the chunks of the program that serves it. */
function bundlePage() {
  return build({
    ...options,
    entryPoints: { board: "src/board/main.tsx", "board-style": "src/board/board.css" },
    outdir: "dist",
    platform: "browser",
    format: "esm",
    target: ["es2023", "chrome123", "firefox120", "safari17.5"],
    jsx: "automatic",
    jsxImportSource: "preact",
    metafile: true,
  });
}

/** The manual pages by name: made by the program's own code, of what it declares. */
export async function manualPages() {
  const source = fileURLToPath(new URL("../src/bin/manual.ts", import.meta.url));
  const { outputFiles } = await build({
    ...options,
    entryPoints: [source],
    format: "cjs",
    external,
    define: { "import.meta.url": JSON.stringify(pathToFileURL(source).href) },
  });
  const module = { exports: {} };
  new Function("require", "module", outputFiles[0].text)(createRequire(source), module);
  return module.exports.manualPages();
}

/** The file that Node starts for a program, which knows the places of its parts. */
async function entryOf(name, places) {
  const constants = Object.entries(places).map(([constant, place]) => [constant, JSON.stringify(place)]);
  const { outputFiles } = await build({
    ...options,
    entryPoints: [`src/bin/${name}.ts`],
    format: "cjs",
    define: {
      // What needs it is shaken out.
      "import.meta.url": "undefined",
      ...Object.fromEntries(constants),
    },
  });
  return outputFiles[0].text;
}

/** Node starts CommonJS sooner than ES modules, and V8 keeps compiled code of it only. */
async function toCommonJs(text) {
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: options.target,
    minify: true,
    supported: { "dynamic-import": false },
    // A chunk lies as deep in dist/ as a source file in src/.
    define: { "import.meta.url": "CHUNK_URL" },
    footer: text.includes("import.meta.url")
      ? 'var CHUNK_URL=require("node:url").pathToFileURL(__filename).href;'
      : undefined,
  });
  return code;
}

/** The largest of the chunks that the program imports at once. */
function startupChunk({ outputs }) {
  const imports = outputs["dist/program.js"].imports.filter(({ kind }) => kind === "import-statement");
  const [largest] = imports.map(({ path }) => path).sort((a, b) => outputs[b].bytes - outputs[a].bytes);
  return largest;
}

function digest(parts) {
  const hash = createHash("sha256");
  for (const [name, text] of parts) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex").slice(0, 16);
}
