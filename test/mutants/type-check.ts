/** Mutants must be programs that somebody could have written: each type-checks. */
import { spawnSync } from "node:child_process";
import { makeCopy } from "./copy.ts";
import type { Mutant } from "./mutant.ts";

/** A dropped guard may leave an import behind. */
const flags = ["--noUnusedLocals", "false", "--noUnusedParameters", "false"];
const command = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--noEmit", "--pretty", "false"];

/** What the compiler says of the mutants that do not type-check. One mutant of each file is in the copy at a time. */
export function typeErrors(mutants: readonly Mutant[]): ReadonlyMap<Mutant, string> {
  const errors = new Map<Mutant, string>();
  const copy = makeCopy();
  let rest = mutants.filter(({ file }) => file.endsWith(".ts"));
  while (rest.length > 0) {
    const round = rest.filter(({ file }, index) => rest.findIndex((other) => other.file === file) === index);
    rest = rest.filter((mutant) => !round.includes(mutant));
    round.forEach(copy.apply);
    const { status, stdout } = spawnSync(process.execPath, [...command, ...flags], {
      cwd: copy.folder,
      encoding: "utf8",
    });
    const culprits = round.filter(({ file }) => stdout.includes(`${file}(`));
    for (const mutant of status === 0 ? [] : culprits.length > 0 ? culprits : round) errors.set(mutant, stdout);
    round.forEach(copy.restore);
  }
  copy.remove();
  return errors;
}
