/**
 * Cedar, Rego and the reference agree in verdict and in the set of violated bounds, on generated envelopes and requests.
 * AMBIT_RUNS says on how many requests, AMBIT_SEED repeats a run.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { figure } from "../figure.ts";
import { buildEnvelope } from "./build/envelope.ts";
import { judge } from "./case.ts";
import { count, newTallies, table } from "./counts.ts";
import { loadEverywhere } from "./engines.ts";
import { countFields, fieldLabels } from "./labels.ts";
import { envelopePlan } from "./plan.ts";
import { requestPlan } from "./requests.ts";

const runs = Number(process.env.AMBIT_RUNS ?? 5000);
const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const envelopesEachRound = 50;
const strongEnough = 20;

const requests = fc.array(requestPlan, { minLength: 1, maxLength: 200, size: "max" });

test(`cedar, rego and the reference agree on ${runs} requests`, { timeout: 120_000 + runs * 60 }, () => {
  const tallies = newTallies();
  const fieldTallies = newTallies(fieldLabels);
  const verdicts = { allow: 0, hold: 0, deny: 0 };
  let judged = 0;
  let envelopes = 0;
  const property = fc.property(envelopePlan, requests, (plan, plans) => {
    const built = buildEnvelope(plan);
    const evaluator = loadEverywhere(built.document);
    envelopes += 1;
    try {
      for (const plan of plans) {
        const { request, answer } = judge(evaluator, built, plan);
        const effect = typeof request.effect === "string" ? request.effect : "";
        count(tallies, built.document, effect, answer);
        countFields(fieldTallies, built.document, effect, answer);
        verdicts[answer.verdict] += 1;
        judged += 1;
      }
    } finally {
      evaluator.drop();
    }
  });
  const isWeak = () =>
    Object.values(fieldTallies).some(({ satisfied }) => satisfied < strongEnough) ||
    Object.values(tallies).some(({ satisfied, alone }) => Math.min(satisfied, alone) < strongEnough);
  // A rare kind may need more than its share of luck; a generator that cannot reach it fails below.
  for (let round = 0; judged < runs || (isWeak() && judged < 3 * runs); round += 1) {
    const roundSeed = seed + 1_000_003 * round;
    const { failed, errorInstance } = fc.check(property, { seed: roundSeed, numRuns: envelopesEachRound });
    if (failed) throw new Error(`AMBIT_SEED=${roundSeed}: ${String(errorInstance)}`);
  }
  figure(
    `agreement: 0 of ${judged} requests to ${envelopes} envelopes (${verdicts.allow} allow, ${verdicts.hold} hold, ${verdicts.deny} deny; AMBIT_SEED=${seed}) judged otherwise by Cedar, Rego or the reference`,
  );
  console.log(`${table(tallies)}\n${table(fieldTallies)}`);
  for (const [label, { satisfied }] of Object.entries(fieldTallies)) {
    expect(satisfied, `${label} satisfied`).toBeGreaterThanOrEqual(strongEnough);
  }
  for (const [kind, { satisfied, alone }] of Object.entries(tallies)) {
    expect(satisfied, `${kind} satisfied`).toBeGreaterThanOrEqual(strongEnough);
    expect(alone, `${kind} alone violated`).toBeGreaterThanOrEqual(strongEnough);
  }
});
