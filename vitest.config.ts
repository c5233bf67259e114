import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real terminals and real processes: slow machines take their time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { include: ["src/**"] },
  },
});
