/** The published JavaScript: one file for each door of the package, and what they share. A process starts quicker on few files. */
import { defineConfig } from "rolldown";
import manifest from "./package.json" with { type: "json" };

const dependencies = Object.keys(manifest.dependencies);

export default defineConfig({
  input: {
    "schema/index": "schema/index.ts",
    "compiler/index": "compiler/index.ts",
    "runtime/index": "runtime/index.ts",
    "runtime/session/index": "runtime/session/index.ts",
    "runtime/node/index": "runtime/node/index.ts",
    "cli/ambit": "cli/ambit.ts",
  },
  platform: "node",
  external: (id) => id.startsWith("node:") || dependencies.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: "dist", cleanDir: true, entryFileNames: "[name].js", chunkFileNames: "shared/[name].js" },
});
