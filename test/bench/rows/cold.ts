import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeArtefacts } from "../../../cli/write-folder.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, callOf, now } from "../sample.ts";

const bounds = 13;
const runs = 7;

/** Loading an artefact folder and the first verdict, in a process that has only just started. */
export const coldRows: Measurement = async () => {
  const scratch = mkdtempSync(join(tmpdir(), "ambit-bench-"));
  const folder = join(scratch, "out");
  await writeArtefacts(folder, artefactsOf(bounds));
  const program = new URL("../cold-start.ts", import.meta.url).pathname;
  const times = Array.from({ length: runs }, () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [program, folder, callOf(bounds, 100), String(now)],
      {
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(`the cold start failed: ${stderr}`);
    return Number(stdout);
  }).sort((a, b) => a - b);
  rmSync(scratch, { recursive: true });
  const middle = times[Math.floor(runs / 2)] ?? Number.POSITIVE_INFINITY;
  return [
    {
      name: "load an envelope and first verdict, cold process",
      value: middle,
      unit: "ms",
      limit: 400,
      from: `median of ${runs}, without starting Node`,
    },
  ];
};
