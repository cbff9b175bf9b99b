/** The model checker on the PATH, and what an exhaustive search of a model said. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasSpin = spawnSync("spin", ["-V"]).status === 0 && spawnSync("cc", ["--version"]).status === 0;

if (process.env.AMBIT_MODEL === "required" && !hasSpin) throw new Error("`spin` or `cc` does not run");

export interface Search {
  /** Every state was visited: no error ended it, and neither depth nor memory. */
  readonly complete: boolean;
  readonly states: number;
  readonly errors: number;
  /** As the model checker has it: the assertion, or `acceptance cycle`. */
  readonly violated: string | undefined;
  /** Statements that no state reached. */
  readonly unreached: readonly string[];
  readonly output: string;
}

/**
 * @param flags the model's own, such as `PROPOSALS=2`
 * @param kind promises that hold in each state, or those of its `ltl` claim, under weak fairness
 */
export function search(model: string, flags: readonly string[], kind: "safety" | "liveness"): Search {
  const folder = mkdtempSync(join(tmpdir(), "ambit-model-"));
  const run = (command: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", maxBuffer: 1e8 });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}\n${stderr}`);
    return stdout;
  };
  try {
    run("spin", ["-a", ...flags.map((flag) => `-D${flag}`), model]);
    const options = kind === "safety" ? ["-DSAFETY"] : ["-DNFAIR=5"];
    run("cc", ["-O2", "-w", "-DCOLLAPSE", "-DNOREDUCE", "-DMEMLIM=4000", ...options, "-o", "pan", "pan.c"]);
    return read(run(join(folder, "pan"), ["-m1000000", "-w22", ...(kind === "safety" ? [] : ["-a", "-f"])]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(output: string): Search {
  const number = (pattern: RegExp) => Number(pattern.exec(output)?.[1] ?? Number.NaN);
  const errors = number(/errors: (\d+)/);
  const violated = /^pan:1: (?:assertion violated )?(.*?) \(at depth/m.exec(output)?.[1];
  const cut = /not completed|too small|out of memory|hit limit|truncated/i.test(output);
  return {
    complete: /^Full statespace search for:/m.test(output) && !cut,
    states: number(/^ *([\d.e+]+) states, stored/m),
    errors,
    violated,
    unreached: [...output.matchAll(/^\t\S+\.pml:\d+, state \d+, "(.*)"$/gm)].map(([, statement]) => statement ?? ""),
    output,
  };
}
