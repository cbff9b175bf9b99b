/**
 * SQLite keeps the log of a file beside the name by which it was opened: under two names one ledger has two logs, and what one
 * process reserves the other does not see. A link is no second name, since SQLite follows it first.
 */
import { realpathSync, statSync } from "node:fs";
import { isMounted } from "./mounts.ts";

/** @throws Error where the file has another name, by which somebody else may have it open */
export function expectOneName(path: string): void {
  expectOneLink(path, statSync(path, { throwIfNoEntry: false })?.nlink ?? 0);
  if (isMounted(realpathSync(path)))
    throw new Error(`${path} is mounted by itself, away from the log beside it: mount the folder that it is in`);
}

/** @param links how many names the file has in its file system */
export function expectOneLink(path: string, links: number | bigint): void {
  if (links > 1)
    throw new Error(
      `${path} has ${links} names (a hard link), each with a log of its own: open it by one, and remove the others`,
    );
}
