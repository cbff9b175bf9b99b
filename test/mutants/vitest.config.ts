/** The project's tests, and the case files of the tables each by itself: the table that notices a mutant is run alone. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  cacheDir: ".cache/vite",
  test: {
    include: ["test/**/*.test.ts", "test/tables/*/*.cases.ts"],
    pool: "forks",
    maxWorkers: 1,
    bail: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ["test/mutants/fixed-luck.ts"],
    // Few requests are enough where the seed is always the same.
    env: { AMBIT_RUNS: "2000", AMBIT_SEED: "1" },
  },
});
