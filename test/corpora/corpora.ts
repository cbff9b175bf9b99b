/** Real inputs that nobody on this project wrote. They lie outside the repository: `AMBIT_CORPORA` names their folder. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.AMBIT_CORPORA;

/** Tests that need the corpora are skipped, by name, where there are none. */
export const missing = folder === undefined;

export function bytesOf(path: string): Uint8Array {
  return readFileSync(join(folder ?? "", path));
}

export function textOf(path: string): string {
  return readFileSync(join(folder ?? "", path), "utf8");
}

/** The lines of a text file, blank ones left out. */
export function linesOf(path: string): readonly string[] {
  return textOf(path)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
}

/** Files below a folder, as paths that the other functions take, sorted; none where there are no corpora. */
export function filesBelow(path: string, name = /./): readonly string[] {
  if (folder === undefined) return [];
  return readdirSync(join(folder, path), { recursive: true })
    .map(String)
    .filter((file) => name.test(file))
    .map((file) => `${path}/${file}`)
    .sort();
}
