/** The command line of Cedar and the solver, by the environment variables CEDAR and CVC5, or on the PATH. */
import { spawnSync } from "node:child_process";
import type { Tools } from "../../cli/prove/symcc/symcc.ts";

export const tools: Tools = {
  cedar: process.env.CEDAR ?? "cedar",
  solver: process.env.CVC5 ?? "cvc5",
  env: process.env,
  timeoutMilliseconds: 60_000,
};

export const hasTools =
  spawnSync(tools.cedar, ["symcc", "--help"]).status === 0 && spawnSync(tools.solver, ["--version"]).status === 0;

if (process.env.AMBIT_PROVE === "required" && !hasTools) {
  throw new Error(`\`${tools.cedar} symcc\` or \`${tools.solver}\` does not run`);
}
