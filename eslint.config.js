import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** The files above the rooms, which wire them together. */
const wiring = [
  "main",
  "program",
  "compiled-code",
  "session",
  "first-start",
  "fresh-start",
  "progress-display",
  "connect",
  "command-line",
];

/** What the files of a room must not import: arrows between rooms run one way (docs/architecture.md). */
function room(folder, ...forbidden) {
  const regex = `^(\\.\\./)+((${forbidden.join("|")})/|(${wiring.join("|")})\\.ts$)`;
  const message = `src/${folder} must not know this room.`;
  return {
    files: [`src/${folder}/**`],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex, message }] }],
      // The same for what is loaded when it is needed.
      "no-restricted-syntax": [
        "error",
        { selector: `ImportExpression[source.value=/${regex.replaceAll("/", "\\u002F")}/]`, message },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/dot-notation": "off",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "max-lines": ["error", { max: 300 }],
    },
  },
  {
    files: ["scripts/**", "bench/**", "*.js"],
    languageOptions: {
      globals: { process: "readonly", performance: "readonly", URL: "readonly", console: "readonly" },
    },
  },
  {
    files: ["src/**"],
    rules: { "no-console": "error", "no-restricted-properties": ["error", { object: "process", property: "exit" }] },
  },
  room("store", "hsm", "cluster", "config", "provisioning", "commands", "dialect", "shell"),
  room("hsm", "cluster", "config", "provisioning", "commands", "dialect", "shell"),
  room("config", "store", "cluster", "provisioning", "commands", "dialect", "shell"),
  room("cluster", "store", "config", "provisioning", "commands", "dialect", "shell"),
  room("provisioning", "cluster", "commands", "dialect", "shell"),
  room("dialect", "store", "cluster", "config", "provisioning", "commands", "shell"),
  room("commands", "store", "config", "provisioning", "shell"),
  room("shell", "store", "config", "provisioning"),
);
