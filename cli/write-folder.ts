/** Writes an artefact folder whole or not at all, and never over a folder that Ambit did not write. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Artefacts, artefactFiles } from "../schema/artefacts.ts";

/** What is wrong with the output folder, in one sentence for the user. */
export class OutputRefused extends Error {}

/**
 * @throws OutputRefused when `folder` exists and is not an artefact folder, holds files that its manifest does not list, or cannot be written
 */
export async function writeArtefacts(folder: string, artefacts: Artefacts): Promise<void> {
  const target = resolve(folder);
  const replaced = await isReplaceable(target);
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const made = join(staging, "made");
    for (const [path, bytes] of artefacts) {
      await mkdir(dirname(join(made, path)), { recursive: true });
      await writeFile(join(made, path), bytes);
    }
    const old = join(staging, "old");
    if (replaced) await rename(target, old);
    await rename(made, target).catch(async (error: unknown) => {
      if (replaced) await rename(old, target);
      throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** True if the folder is an earlier output, false if there is none (or an empty one, which is removed by the rename). */
async function isReplaceable(target: string): Promise<boolean> {
  const found = await listFiles(target);
  if (found === undefined) return false;
  if (found.length === 0) return true;
  const known = new Set([artefactFiles.manifest, ...(await manifestFiles(target))]);
  const foreign = found.find((path) => !known.has(path));
  if (foreign !== undefined)
    throw new OutputRefused(
      `will not overwrite \`${target}\`: Ambit did not write \`${foreign}\` there; name another folder or remove it`,
    );
  return true;
}

async function listFiles(target: string): Promise<readonly string[] | undefined> {
  try {
    const entries = await readdir(target, { recursive: true, withFileTypes: true });
    return entries
      .filter((e) => !e.isDirectory())
      .map((e) =>
        join(e.parentPath, e.name)
          .slice(target.length + 1)
          .replaceAll("\\", "/"),
      );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new OutputRefused(`cannot write to \`${target}\`: it is not a folder that can be read`);
  }
}

async function manifestFiles(target: string): Promise<readonly string[]> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(target, artefactFiles.manifest), "utf8"));
    const isManifest = typeof manifest === "object" && manifest !== null && "ambit" in manifest && "files" in manifest;
    return isManifest && typeof manifest.files === "object" && manifest.files !== null
      ? Object.keys(manifest.files)
      : [];
  } catch {
    return [];
  }
}
