/** Instances that trap are thrown away for good: memory stays flat over AMBIT_TRAPS traps, half of them in each engine. */
import { expect, test } from "vitest";
import { createHost, type FaultReport, freshFacts } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import { artefactsOf, callOf, now, residentBytes } from "../bench/sample.ts";
import { figure } from "../figure.ts";
import { hands, reachIntoInstances } from "./instances.ts";

const traps = Number(process.env.AMBIT_TRAPS ?? 400);
const bounds = 13;
const MiB = 2 ** 20;
/** What the garbage collector leaves lying about from one time to the next; a hundred instances of Cedar take twice that. */
const slackMiB = 96;

reachIntoInstances();

test(`memory stays flat over ${traps} traps`, { timeout: 60_000 + traps * 100 }, async () => {
  const reports: FaultReport[] = [];
  const host = createHost({ cedarWasm: await cedarWasm(), onFault: (report) => reports.push(report) });
  const evaluator = host.load(artefactsOf(bounds));
  const facts = freshFacts(evaluator.envelope, "pay", now);
  const overwrite = (memory: WebAssembly.Memory) => new Uint8Array(memory.buffer).fill(0xff);
  const engines = [
    () => {
      hands.cedar.tamper = ({ run, call, memory }) => {
        overwrite(memory);
        return run(call);
      };
    },
    () => {
      hands.rego.tamper = ({ run, args, memory }) => {
        overwrite(memory);
        return run(...args);
      };
    },
  ];
  const before = hands.cedar.made + hands.rego.made;
  const peaks = [0, 0, 0];
  for (let i = 0; i < traps; i += 1) {
    engines[i % engines.length]!();
    const trapped = evaluator.decide(callOf(bounds, 1), facts);
    hands.cedar.tamper = undefined;
    hands.rego.tamper = undefined;
    const honest = evaluator.decide(callOf(bounds, 1), facts);
    if (trapped.code !== "ENGINE_FAILURE" || honest.verdict !== "allow") throw new Error(`trap ${i}: ${trapped.code}`);
    const third = Math.floor((i * peaks.length) / traps);
    peaks[third] = Math.max(peaks[third]!, residentBytes() / MiB);
  }
  const [, middle = 0, last = 0] = peaks;
  const rebuilds = hands.cedar.made + hands.rego.made - before;
  figure(
    `traps: ${traps}, ${rebuilds} rebuilds, at most ${last.toFixed(0)} MiB in the last third, ${middle.toFixed(0)} before`,
  );
  expect(rebuilds).toBe(traps);
  expect(reports.length).toBe(traps);
  expect(last).toBeLessThan(middle + slackMiB);
});
