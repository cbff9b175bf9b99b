/** Artefact folders on disk. */
import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Artefacts } from "../../schema/artefacts.ts";
import { ArtefactsRefused } from "../artefacts/refused.ts";

/**
 * Every file below the folder, by its path within it; `host.load` checks them.
 *
 * @throws ArtefactsRefused for a link, a pipe or a device in place of a file: reading it may lead elsewhere, or never end
 * @throws Error of Node where the folder or a file cannot be read
 */
export async function loadFolder(folder: string): Promise<Artefacts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: Dirent) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
  const stranger = entries.find((entry) => !entry.isDirectory() && !entry.isFile());
  if (stranger !== undefined) throw new ArtefactsRefused(pathOf(stranger), "is not a file of its own");
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const bytes = await readFile(join(entry.parentPath, entry.name));
      return [pathOf(entry), new Uint8Array(bytes)] as const;
    });
  return new Map(await Promise.all(files));
}
