/** The solver as `cedar symcc` is to start it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * With its own way of choosing what to decide next, cvc5 is lost in sets that are judged element by element; with the one
 * of its SAT solver it is done in a second. Answers are the same. Cedar passes no options on: a script in between does.
 */
const options = "--decision=internal";

const script = `#!/bin/sh\nexec "$AMBIT_SOLVER" "$@" ${options}\n`;

/** What to add to the environment of `cedar symcc`. */
export async function solverEnvironment(folder: string, solver: string): Promise<Readonly<Record<string, string>>> {
  if (process.platform === "win32") return { CVC5: solver };
  const path = join(folder, "solver");
  await writeFile(path, script, { mode: 0o700 });
  return { CVC5: path, AMBIT_SOLVER: solver };
}
