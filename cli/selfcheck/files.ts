/** Who else can read what must be secret, or change what is believed. */
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Seen, seen } from "./requirement.ts";

/** Read by its owner alone, who is this process's user or root. */
export async function isSecret(file: string): Promise<Seen> {
  const { mode, uid } = await stat(file);
  const me = process.getuid?.();
  if (me === undefined) return seen(false, `\`${file}\`: this platform does not say who can read it`);
  if ((mode & 0o077) !== 0) return seen(false, `\`${file}\` can be reached by others: mode ${shown(mode)} (chmod 600)`);
  if (uid !== me && uid !== 0) return seen(false, `\`${file}\` belongs to user ${uid}`);
  return seen(true, `\`${file}\` is its owner's alone: mode ${shown(mode)}`);
}

/** Changed by its owner alone; so are the folders above it. */
export async function areFixed(what: string, files: readonly string[]): Promise<Seen> {
  const loose: string[] = [];
  for (const file of new Set(files.flatMap(withFolders))) if (await isLoose(file)) loose.push(file);
  return loose.length === 0
    ? seen(files.length > 0, `${what}: ${files.length} files that nobody but their owners can change`)
    : seen(false, `${what}: others can change ${loose.map((file) => `\`${file}\``).join(", ")} (chmod go-w)`);
}

/** In a folder with the sticky bit, others replace nothing that is not theirs. */
async function isLoose(file: string): Promise<boolean> {
  const found = await stat(file);
  if ((found.mode & 0o022) === 0) return false;
  return !(found.isDirectory() && (found.mode & 0o1000) !== 0);
}

function withFolders(file: string): readonly string[] {
  const path = resolve(file);
  const all = [path];
  for (let at = path; dirname(at) !== at; at = dirname(at)) all.push(dirname(at));
  return all;
}

export function within(folder: string, names: Iterable<string>): readonly string[] {
  return [folder, ...Array.from(names, (name) => join(folder, name))];
}

function shown(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(3, "0");
}
