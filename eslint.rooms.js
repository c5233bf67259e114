import { posix } from "node:path";

/**
 * What each room of src/ may import beside its own files (docs/architecture.md). What is not listed is forbidden, and a
 * folder without a line may import nothing: arrows between rooms run one way.
 */
export const rooms = {
  errors: [],
  clock: [],
  text: [],
  "public-keys": [],
  "key-wrap": [],
  files: ["errors"],

  store: ["errors"],
  "store/memory": ["store"],
  "store/sqlite": ["files", "store", "text"],
  "store/postgres": ["errors", "store", "text"],

  hsm: ["errors"],
  "simulator/sealing": ["hsm"],
  "simulator/records": ["hsm", "simulator/sealing", "store"],
  "simulator/models": ["hsm"],
  "simulator/request": ["hsm", "simulator/models", "simulator/records", "store"],
  "simulator/certificates": ["hsm", "simulator/records", "simulator/request", "simulator/sealing", "store"],
  "simulator/quorum": ["hsm", "public-keys", "simulator/records", "simulator/request", "store"],
  "simulator/wrapping": ["hsm", "key-wrap"],
  "simulator/keys": [
    "hsm",
    "public-keys",
    "simulator/models",
    "simulator/records",
    "simulator/request",
    "simulator/sealing",
    "simulator/wrapping",
    "store",
  ],
  "simulator/users": [
    "hsm",
    "simulator/certificates",
    "simulator/quorum",
    "simulator/records",
    "simulator/request",
    "simulator/sealing",
    "store",
  ],
  simulator: [
    "hsm",
    "simulator/certificates",
    "simulator/keys",
    "simulator/models",
    "simulator/quorum",
    "simulator/records",
    "simulator/request",
    "simulator/sealing",
    "simulator/users",
    "store",
    "text",
  ],

  cluster: ["hsm"],
  command: ["cluster", "errors", "files", "hsm"],
  "commands/files": ["command", "errors", "hsm"],
  "commands/management": [
    "command",
    "commands/management/hardware",
    "commands/management/keys",
    "commands/management/quorum",
    "commands/management/session",
    "commands/management/users",
  ],
  "commands/management/hardware": ["cluster", "command", "files", "hsm"],
  "commands/management/keys": ["cluster", "command", "files", "hsm"],
  "commands/management/quorum": ["cluster", "command", "commands/files", "files", "hsm"],
  "commands/management/session": ["cluster", "command", "commands/files", "commands/management/users", "hsm", "text"],
  "commands/management/users": ["cluster", "command", "commands/files", "errors", "files", "hsm"],
  "commands/key-utility": [
    "cluster",
    "command",
    "commands/key-utility/admin",
    "commands/key-utility/keys",
    "commands/key-utility/masked",
    "commands/key-utility/session",
    "commands/key-utility/use",
    "commands/key-utility/transport",
    "errors",
    "files",
    "hsm",
  ],
  "commands/key-utility/admin": ["cluster", "command", "commands/key-utility", "files", "hsm"],
  "commands/key-utility/keys": ["cluster", "command", "commands/key-utility", "errors", "files", "hsm"],
  "commands/key-utility/masked": ["cluster", "command", "commands/key-utility", "files", "hsm"],
  "commands/key-utility/use": ["cluster", "command", "commands/files", "commands/key-utility", "files", "hsm"],
  "commands/key-utility/session": ["cluster", "command", "commands/key-utility", "hsm"],
  "commands/key-utility/transport": [
    "cluster",
    "command",
    "commands/files",
    "commands/key-utility",
    "errors",
    "files",
    "hsm",
    "key-wrap",
  ],
  dialects: ["command", "hsm"],
  "dialects/aws": ["command", "dialects", "dialects/aws/offer", "hsm"],
  "dialects/aws/offer": ["command"],
  "dialects/aws/key-utility": ["command", "hsm"],
  "dialects/azure/key-utility": ["command", "dialects/aws/key-utility", "dialects/azure"],
  "dialects/oracle/key-utility": ["command", "dialects/aws/key-utility", "hsm"],
  "dialects/alibaba/key-utility": ["command", "dialects/aws/key-utility"],
  "dialects/azure": ["cluster", "command", "dialects", "dialects/aws", "hsm"],
  "dialects/oracle": ["command", "dialects", "dialects/aws", "dialects/oracle/offer", "hsm"],
  "dialects/oracle/offer": ["command", "dialects"],
  "dialects/alibaba": ["command", "dialects", "dialects/aws", "hsm"],

  terminal: ["errors", "files", "text"],
  shell: ["cluster", "command", "errors", "files", "hsm", "terminal", "text"],

  translation: ["translation/keys", "translation/management", "translation/scripts", "translation/words"],
  "translation/keys": ["command", "translation/words"],
  "translation/management": ["command", "hsm", "shell", "translation/words"],
  "translation/scripts": ["translation/words"],
  "translation/words": ["hsm"],

  config: ["clock", "errors", "files", "hsm", "public-keys", "text"],
  fleet: ["config", "errors", "hsm", "simulator", "simulator/models", "simulator/records", "store", "text"],
  "fleet/compare": ["fleet", "hsm", "simulator", "simulator/keys", "store"],

  "fleet/drills": ["config", "fleet", "fleet/compare", "hsm", "simulator", "simulator/records", "store"],
  "fleet/service": [
    "config",
    "errors",
    "fleet",
    "fleet/faults",
    "hsm",
    "simulator",
    "simulator/certificates",
    "simulator/models",
    "simulator/records",
    "store",
    "text",
  ],
  "fleet/faults": ["config", "fleet", "hsm", "simulator/records", "store"],

  "endpoint/aws": ["config", "errors", "fleet/faults", "fleet/service", "hsm", "store", "text"],
  "endpoint/board": ["config", "errors", "hsm"],
  endpoint: ["endpoint/aws"],
  board: ["endpoint/board"],

  "app/process": ["command", "errors", "terminal", "text"],
  "app/home": ["config", "store", "store/postgres", "store/sqlite"],
  app: [
    "app/home",
    "app/process",
    "clock",
    "cluster",
    "command",
    "commands/key-utility",
    "commands/management",
    "config",
    "dialects/alibaba",
    "dialects/alibaba/key-utility",
    "dialects/aws",
    "dialects/aws/key-utility",
    "dialects/azure",
    "dialects/azure/key-utility",
    "dialects/oracle",
    "dialects/oracle/key-utility",
    "errors",
    "files",
    "fleet",
    "fleet/faults",
    "hsm",
    "shell",
    "simulator",
    "simulator/models",
    "store",
    "terminal",
    "text",
  ],
  "app/fleet": [
    "app",
    "app/home",
    "app/process",
    "clock",
    "cluster",
    "command",
    "commands/management",
    "config",
    "endpoint",
    "endpoint/aws",
    "errors",
    "files",
    "fleet",
    "fleet/compare",
    "fleet/drills",
    "fleet/faults",
    "fleet/service",
    "hsm",
    "simulator",
    "store",
    "terminal",
    "text",
    "translation",
  ],
  "app/board": [
    "app",
    "app/fleet",
    "app/home",
    "config",
    "endpoint/board",
    "errors",
    "fleet",
    "fleet/compare",
    "fleet/faults",
    "hsm",
    "simulator",
    "simulator/records",
    "store",
    "text",
  ],
  "app/configure": [
    "app",
    "app/fleet",
    "app/home",
    "config",
    "errors",
    "files",
    "fleet",
    "fleet/faults",
    "store",
    "text",
  ],
  "bin/completion": ["bin"],
  "bin/fleet": ["app/board", "app/fleet", "bin", "bin/completion", "clock", "config", "hsm", "translation"],
  bin: ["app", "app/configure", "app/process", "bin/fleet", "config", "files", "terminal", "text"],
};

/** Forbids whatever `regex` says of an import and of one that is made when it is needed. */
function forbid(regex, message) {
  const selector = `[source.value=/${regex.replaceAll("/", "\\u002F")}/]`;
  return {
    "no-restricted-imports": ["error", { patterns: [{ regex, message }] }],
    "no-restricted-syntax": ["error", { selector: `ImportExpression${selector}`, message }],
  };
}

/** What the files of a folder, but not those below it, may import: a file beside them, or one of another folder. */
function only(folders, message) {
  const prefixes = folders.map((path) => path.replaceAll(".", "\\."));
  return forbid(`^(?!(?:${prefixes.join("|")})/[^/]+$)\\.`, message);
}

function room([folder, allowed]) {
  const paths = allowed
    .map((other) => posix.relative(folder, other))
    .map((path) => (path.startsWith(".") ? path : `./${path}`));
  const names = allowed.length === 0 ? "no other room" : allowed.join(", ");
  return {
    files: [`src/${folder}/*.{ts,tsx}`],
    rules: only([".", ...paths], `src/${folder} may import of other rooms only what eslint.rooms.js allows: ${names}.`),
  };
}

/** What ESLint is told: a folder without a line first, so that the lines go before it. */
export const roomRules = [
  { files: ["src/**"], rules: only(["."], "This folder has no line in eslint.rooms.js.") },
  ...Object.entries(rooms).map(room),
];
