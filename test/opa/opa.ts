import { spawnSync } from "node:child_process";

/** The `opa` of the environment variable OPA, or of the PATH. */
export const opa = process.env.OPA ?? "opa";

export const hasOpa = spawnSync(opa, ["version"]).status === 0;

if (process.env.AMBIT_OPA === "required" && !hasOpa) throw new Error(`\`${opa}\` does not run`);
