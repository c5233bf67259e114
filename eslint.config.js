import eslint from "@eslint/js";
import tseslint from "typescript-eslint";
import { roomRules } from "./eslint.rooms.js";

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
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
      globals: {
        AbortController: "readonly",
        URL: "readonly",
        fetch: "readonly",
        console: "readonly",
        performance: "readonly",
        process: "readonly",
      },
    },
  },
  {
    files: ["src/**"],
    rules: { "no-console": "error", "no-restricted-properties": ["error", { object: "process", property: "exit" }] },
  },
  ...roomRules,
);
