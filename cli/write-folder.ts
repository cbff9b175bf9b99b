/** Writes an artefact folder whole or not at all, and never over a folder that Ambit did not write. */
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type Artefacts, artefactFiles, type Manifest } from "../schema/artefacts.ts";

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

/** True if the folder is an earlier output or empty, false if there is none. */
async function isReplaceable(target: string): Promise<boolean> {
  const found = await listFiles(target);
  if (found === undefined) return false;
  const known = await writtenFiles(target);
  const foreign = found.find((path) => !known.has(path));
  if (foreign === undefined) return true;
  throw new OutputRefused(
    `will not overwrite \`${target}\`: Ambit did not write \`${foreign}\` there; name another folder or remove it`,
  );
}

/** Every file below a folder, links not followed; undefined where there is nothing. */
async function listFiles(target: string): Promise<readonly string[] | undefined> {
  const stats = await lstat(target).catch(unlessMissing);
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) throw new OutputRefused(`cannot write to \`${target}\`: it is not a folder`);
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(target, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}

/** What the manifest of an earlier output lists, and the manifest itself; nothing where there is no manifest of ours. */
async function writtenFiles(target: string): Promise<ReadonlySet<string>> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(target, artefactFiles.manifest), "utf8"));
    if (!isManifest(manifest)) return new Set();
    return new Set([artefactFiles.manifest, ...Object.keys(manifest.files)]);
  } catch {
    return new Set();
  }
}

function isManifest(value: unknown): value is Pick<Manifest, "files"> {
  if (typeof value !== "object" || value === null || !("ambit" in value) || !("files" in value)) return false;
  return value.ambit === "1" && typeof value.files === "object" && value.files !== null;
}
