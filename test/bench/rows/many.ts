import type { Evaluator } from "../../../runtime/evaluator.ts";
import { createHost, type Host } from "../../../runtime/load.ts";
import { cedarWasm } from "../../../runtime/node/cedar-wasm.ts";
import type { Artefacts } from "../../../schema/artefacts.ts";
import { partOf } from "../part.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, callOf, factsOf, residentBytes } from "../sample.ts";
import { race, randomIndices } from "../time.ts";
import { variants } from "../variants.ts";

const bounds = 13;
const live = 10_000;
const passing = partOf(100_000);
const MiB = 2 ** 20;

/** Thousands of envelopes in one process, each asked at random, and ten times as many that come and go. */
export const manyRows: Measurement = async () => {
  const wasm = await cedarWasm();
  const variant = variants(artefactsOf(bounds, "bench-many"), "bench-many");
  return [
    ...manyLive(createHost({ cedarWasm: wasm }), variant),
    ...comingAndGoing(createHost({ cedarWasm: wasm }), variant),
  ];
};

type Variant = (name: string) => Artefacts;
const call = callOf(bounds, 100);

function allow(evaluator: Evaluator): void {
  const { verdict } = evaluator.decide(call, factsOf(evaluator));
  if (verdict !== "allow") throw new Error(`the sample call got ${verdict}`);
}

function manyLive(host: Host, variant: Variant) {
  const evaluators = Array.from({ length: live }, (_, i) => host.load(variant(`many-${i}`)));
  for (const evaluator of evaluators) allow(evaluator);
  const [one] = evaluators;
  if (one === undefined) throw new Error("nothing was loaded");
  const next = randomIndices();
  const { atRandom, alone } = race(
    { atRandom: () => allow(evaluators[next(live)] ?? one), alone: () => allow(one) },
    4_000,
  );
  const resident = residentBytes() / MiB;
  for (const evaluator of evaluators) evaluator.drop();
  return [
    {
      name: `${live} live envelopes, at random / one of them`,
      value: atRandom.p50 / alone.p50,
      unit: "×",
      limit: 1.5,
      from: `${atRandom.p50.toFixed(1)} µs / ${alone.p50.toFixed(1)} µs, p99 ${atRandom.p99.toFixed(0)} µs`,
    },
    { name: `${live} live envelopes, memory of the process`, value: resident, unit: "MiB", limit: 1536 },
  ];
}

function comingAndGoing(host: Host, variant: Variant) {
  const staying = host.load(variant("staying"));
  const residentAfter = new Map<number, number>();
  for (let i = 1; i <= passing; i++) {
    const evaluator = host.load(variant(`passing-${i}`));
    allow(evaluator);
    evaluator.drop();
    if (i === passing / 10 || i === passing) residentAfter.set(i, residentBytes() / MiB);
  }
  staying.drop();
  const [early = 1, late = Number.POSITIVE_INFINITY] = residentAfter.values();
  return [
    {
      name: `${passing} envelopes added and dropped, memory / after ${passing / 10}`,
      value: late / early,
      unit: "×",
      limit: 1.05,
      from: `${late.toFixed(0)} MiB / ${early.toFixed(0)} MiB`,
    },
  ];
}
