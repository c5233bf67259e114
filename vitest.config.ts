import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most tests wait for a program: vitest's own choice, one less than there are processors, leaves a small machine idle.
    maxWorkers: Math.max(2, availableParallelism()),
    // Real terminals and real processes: slow machines take their time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: { include: ["src/**"] },
  },
});
