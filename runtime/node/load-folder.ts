/** Artefact folders on disk. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Artefacts } from "../../schema/artefacts.ts";

/**
 * Every file below the folder, by its path within it; `host.load` checks them.
 *
 * @throws Error of Node where the folder or a file cannot be read
 */
export async function loadFolder(folder: string): Promise<Artefacts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.map(
      async (path) => [relative(folder, path).split(sep).join("/"), new Uint8Array(await readFile(path))] as const,
    ),
  );
  return new Map(files);
}
