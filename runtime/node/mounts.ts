/** What is mounted where, as the kernel tells a process; elsewhere than on Linux nobody mounts single files. */
import { readFileSync } from "node:fs";

/** Its fifth column is where something is mounted; spaces and backslashes in it are written in octal. */
const table = "/proc/self/mountinfo";

/**
 * @param path without links
 * @throws Error where there is such a table, and it cannot be read
 */
export function isMounted(path: string, mounts = mountTable()): boolean {
  return mounts.split("\n").some((line) => pointOf(line) === path);
}

function pointOf(line: string): string | undefined {
  return line.split(" ")[4]?.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

function mountTable(): string {
  try {
    return readFileSync(table, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
