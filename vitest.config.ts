import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most tests wait for a program: vitest's own choice, one less than there are processors, leaves a small machine idle.
    maxWorkers: Math.max(2, availableParallelism()),
    // Real terminals and real processes: a slow or busy machine takes its time, and that must not decide a test.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    coverage: { include: ["src/**"] },
  },
});
