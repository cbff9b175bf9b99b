/** A copy of the sources as a fresh clone has them, and commands run in it as a newcomer's shell would. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, sep } from "node:path";

const root = join(import.meta.dirname, "..");
const unpublished = new Set(["node_modules", "dist", "out", "coverage", ".git", ".cache"]);

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `ambit-${name}-`));
}

export function freshCopy(name: string): string {
  const folder = temporaryFolder(name);
  const isSource = (path: string) => dirname(path) !== root || !unpublished.has(basename(path));
  cpSync(root, folder, { recursive: true, filter: isSource });
  return folder;
}

/** Runs a command line in `folder`, without what `npm test` has put into the environment. */
export function shell(folder: string, command: string): SpawnSyncReturns<string> {
  return spawnSync("bash", ["-c", command], { cwd: folder, encoding: "utf8", env: plainEnvironment() });
}

/** Runs a TypeScript file with the Node that runs the tests. */
export function runTypeScript(folder: string, file: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8", env: plainEnvironment() });
}

function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_(cache|registry|cafile))|VITEST|NODE_|AMBIT_|INIT_CWD)/.test(name),
  );
  const folders = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes(`node_modules${sep}.bin`));
  return {
    ...Object.fromEntries(kept),
    PATH: folders.join(delimiter),
    NO_COLOR: "1",
    npm_config_prefer_offline: "true",
  };
}
