/**
 * Breaks one guard at a time and runs the tests that must notice; exit status 1 unless they notice every one.
 * AMBIT_MUTANTS picks those whose file or words contain it; AMBIT_MUTANT_SHARE=2/3 every third, beginning with the second.
 */
import { writeFileSync } from "node:fs";
import { controls } from "./controls.ts";
import { type Lane, openLane, type Verdict } from "./lane.ts";
import type { Mutant } from "./mutant.ts";
import { mutants } from "./mutants.ts";
import { typeErrors } from "./type-check.ts";

const wanted = process.env.AMBIT_MUTANTS ?? "";
const [share = 1, shares = 1] = (process.env.AMBIT_MUTANT_SHARE ?? "1/1").split("/").map(Number);
const chosen = mutants
  .filter(({ file, what }) => `${file}: ${what}`.includes(wanted))
  .filter((_, index) => index % shares === share - 1);
if (chosen.length === 0) throw new Error(`no mutant of that share has ${JSON.stringify(wanted)} in its file or words`);

const words = { failed: "caught  ", passed: "SURVIVED", broken: "BROKEN  " } as const;

const mistyped = typeErrors([...controls, ...chosen]);
const lanes = [await openLane(), await openLane()];

const tests = [...new Set(chosen.flatMap(({ by }) => by))];
const halves = lanes.map((_, lane) => tests.filter((_, index) => index % lanes.length === lane));
const untouched = await Promise.all(lanes.map((lane, index) => lane.untouched(halves[index]!)));
for (const verdict of untouched) console.log(`nothing broken: ${told(verdict)}`);
const believed = untouched.every(({ is }) => is === "passed") && (await believes(lanes[0]!));
let caught = 0;
if (believed) {
  const queue = chosen.values();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const mutant of queue) {
        const verdict = await trial(lane, mutant);
        if (verdict.is === "failed") caught += 1;
        console.log(`${words[verdict.is]} ${mutant.file}: ${mutant.what}\n         ${told(verdict)}`);
      }
    }),
  );
}
await Promise.all(lanes.map((lane) => lane.close()));

console.log(`figure: mutants caught ${caught} / ${chosen.length} (share ${share} of ${shares})`);
const report = process.env.AMBIT_TEST_REPORT;
if (report !== undefined) {
  const counts = { numPassedTests: caught, numFailedTests: chosen.length - caught, testResults: [] };
  writeFileSync(report, JSON.stringify(counts));
}
process.exitCode = caught === chosen.length ? 0 : 1;

async function trial(lane: Lane, mutant: Mutant): Promise<Verdict> {
  const error = mistyped.get(mutant);
  return error === undefined ? lane.judge(mutant) : { is: "broken", reason: `does not type-check: ${error}` };
}

/** Whether the runner tells what is noticed from what is not. */
async function believes(lane: Lane): Promise<boolean> {
  for (const control of controls) {
    const verdict = await trial(lane, control);
    if (verdict.is === control.want) continue;
    console.log(`control: ${control.what}: ${told(verdict)}; expected: ${control.want}`);
    return false;
  }
  return true;
}

function told(verdict: Verdict): string {
  switch (verdict.is) {
    case "passed":
      return `all ${verdict.tests} tests pass`;
    case "failed":
      return verdict.test;
    case "broken":
      return verdict.reason.slice(0, 2_000);
  }
}
