import { spawn, spawnSync } from "node:child_process";

/** The `cedar` of the environment variable CEDAR, or of the PATH. */
export const cedar = process.env.CEDAR ?? "cedar";

export const hasCedar = spawnSync(cedar, ["--version"]).status === 0;

if (process.env.AMBIT_CEDAR === "required" && !hasCedar) throw new Error(`\`${cedar}\` does not run`);

export interface Said {
  readonly status: number | null;
  /** Both outputs. */
  readonly text: string;
}

export function said(...args: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync(cedar, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  return { status, text: stdout + stderr };
}

export function saying(...args: readonly string[]): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(cedar, args);
    let text = "";
    for (const output of [child.stdout, child.stderr]) output.setEncoding("utf8").on("data", (more) => (text += more));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, text }));
  });
}
