/** File arguments: names as they are, and glob patterns. */
import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { codePointCompare } from "../schema/json/canonical.ts";

/** Every file named, once, in the order of the arguments; a pattern's matches by code point. */
export async function expandFiles(patterns: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) for (const file of await expand(pattern)) files.add(file);
  return [...files];
}

/** A name that matches nothing stays as it is: reading it says what is wrong. */
async function expand(pattern: string): Promise<readonly string[]> {
  if (!isDynamicPattern(pattern) || (await exists(pattern))) return [pattern];
  const found = await glob(pattern, { onlyFiles: true, expandDirectories: false, absolute: isAbsolute(pattern) });
  return found.length === 0 ? [pattern] : found.sort(codePointCompare);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
