// What dist/ holds, made in memory: chunks for what only some commands need, so that a start loads one.
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { bundledLicences } from "./licences.mjs";
import { packOf } from "./pack.mjs";

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

/** What a login in the key shell takes, which a start does not; and what reads its options, as most single commands have some. */
const loginSources = [
  "src/bin/key-command-line.ts",
  "src/dialects/aws/key-utility/key-utility.ts",
  "src/fleet/faults/road.ts",
  "src/hsm/passage.ts",
  "src/simulator/simulated-hsm.ts",
  "src/store/sqlite/library.ts",
  "src/store/sqlite/shared-store.ts",
];

/** The file in which all of these are. */
const keyPack = "key-start.js";

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
 * folder, by name, the licences of the packages in them, and what every start of a shell loads, and in the key shell every
 * login: sources and modules of Node.
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
  const { outputs } = program.metafile;
  const ofKeyStart = closureOf(outputs, ["dist/key-program.js"]);
  const ofLogin = closureOf(outputs, [...ofKeyStart, ...loginSources.map((source) => chunkOf(outputs, source))]);
  const packed = ofLogin.map((path) => basename(path));
  files.set(keyPack, packOf(new Map(packed.map((name) => [name, files.get(name)])), "key-program.js"));
  const page = await bundlePage();
  for (const { path, text } of page.outputFiles) files.set(basename(path), text);
  const licences = bundledLicences(root, { inputs: { ...program.metafile.inputs, ...page.metafile.inputs } });
  const folder = digest([...files, ["licences", licences]]);
  const startup = startupChunk(outputs);
  const entries = new Map([
    ["cloudhsm-sim.js", await entryOf("cloudhsm-sim", { FLEET_PROGRAM_FILE: `${folder}/fleet-program.js` })],
    ["key-mgmt-util.js", await entryOf("key-mgmt-util", { KEY_PROGRAM_FILE: `${folder}/${keyPack}` })],
    ["configure.js", await entryOf("configure", { CONFIGURE_PROGRAM_FILE: `${folder}/configure-program.js` })],
    [
      "main.js",
      await entryOf("cloudhsm-mgmt-util", {
        PROGRAM_FILE: `${folder}/program.js`,
        STARTUP_FILE: `${folder}/${basename(startup)}`,
      }),
    ],
  ]);
  const loaded = {
    start: contentOf(outputs, [startup]),
    keyStart: contentOf(outputs, ofKeyStart),
    login: contentOf(outputs, ofLogin),
  };
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

/** Chunks, with all that they import at once. */
function closureOf(outputs, chunks) {
  const closure = new Set(chunks);
  for (const chunk of closure) {
    for (const { path, kind, external } of outputs[chunk].imports) {
      if (kind === "import-statement" && !external) closure.add(path);
    }
  }
  return [...closure];
}

/** The chunk that is loaded for a source which is imported only when it is needed. */
function chunkOf(outputs, source) {
  const [path] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [];
  if (path === undefined) throw new Error(`${source} is not imported by import(): name what is`);
  return path;
}

/** The sources in chunks, and the modules that they import at once. */
function contentOf(outputs, chunks) {
  const imports = chunks.flatMap((chunk) => outputs[chunk].imports);
  return {
    sources: chunks.flatMap((chunk) => Object.keys(outputs[chunk].inputs)),
    modules: imports.filter(({ external, kind }) => external && kind === "import-statement").map(({ path }) => path),
  };
}

/** The largest of the chunks that the program imports at once. */
function startupChunk(outputs) {
  const imports = outputs["dist/program.js"].imports.filter(({ kind }) => kind === "import-statement");
  const [largest] = imports.map(({ path }) => path).sort((a, b) => outputs[b].bytes - outputs[a].bytes);
  return largest;
}

function digest(parts) {
  const hash = createHash("sha256");
  for (const [name, text] of parts) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex").slice(0, 16);
}
