import eslint from "@eslint/js";
import { posix } from "node:path";
import tseslint from "typescript-eslint";
import { rooms } from "./eslint.rooms.js";

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
    files: [`src/${folder}/*.ts`],
    rules: only([".", ...paths], `src/${folder} may import of other rooms only what eslint.rooms.js allows: ${names}.`),
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
  { files: ["src/**"], rules: only(["."], "This folder has no line in eslint.rooms.js.") },
  ...Object.entries(rooms).map(room),
);
