/** The gateway's signal folder: that a file of the name that `killSwitch.signal` says is in it is the kill (SPEC §10). */
import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Signals } from "../session/kill/signals.ts";

/**
 * A name may have folders of its own (`kill/env-1`), and never leaves the folder; capitals count. Whatever is there by that name is
 * the kill: a file, a folder, a link to nowhere.
 *
 * @param folder or a link to it; must be there, and be readable, all the while
 * @returns for `SessionOptions.signals`. What it cannot look up throws, which is a kill as well
 */
export function signalFolder(folder: string): Signals {
  return (signal) => {
    const names = signal.split("/");
    const odd = names.find((name) => name === "" || name === "." || name === ".." || /[\\\0]/.test(name));
    if (odd !== undefined) throw new Error(`\`${signal}\` is no name below the signal folder`);
    // Nothing there is undefined; every other trouble throws.
    if (lstatSync(join(folder, ...names), { throwIfNoEntry: false }) !== undefined)
      return !isSpeltOtherwise(folder, names);
    expectFolder(folder);
    // Below a link to nowhere nothing is there either, and nobody can say what would be.
    for (let depth = 1; depth < names.length; depth++) {
      const above = join(folder, ...names.slice(0, depth));
      if (lstatSync(above, { throwIfNoEntry: false }) === undefined) return false;
      expectFolder(above);
    }
    return false;
  };
}

function expectFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`the signal folder \`${folder}\` is not there`);
}

/** Some file systems find `Kill` where `kill` is asked for, and some spell accents in their own way. What has gone meanwhile was there. */
function isSpeltOtherwise(folder: string, names: readonly string[]): boolean {
  return names.some((name, i) => {
    const found = readdirSync(join(folder, ...names.slice(0, i))).map((each) => each.normalize());
    const asked = name.normalize();
    return !found.includes(asked) && found.some((each) => each.toLowerCase() === asked.toLowerCase());
  });
}
