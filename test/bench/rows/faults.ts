import { cedarEngineOver } from "../../../runtime/engines/cedar/engine.ts";
import { type CedarInstance, instantiateCedar } from "../../../runtime/engines/cedar/instance.ts";
import { compileCedar } from "../../../runtime/engines/cedar/module.ts";
import { CedarPool } from "../../../runtime/engines/cedar/pool.ts";
import { createHost } from "../../../runtime/load.ts";
import { cedarWasm } from "../../../runtime/node/cedar-wasm.ts";
import { partOf } from "../part.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, callOf, factsOf, residentBytes } from "../sample.ts";

const bounds = 13;
const decisions = partOf(1_000_000);
const oneFaultIn = 100;
const MiB = 2 ** 20;

/** A long run in which one decision in a hundred makes Cedar trap: the instance is thrown away each time. */
export const faultRows: Measurement = async () => {
  let asked = 0;
  let faults = 0;
  const module = compileCedar(await cedarWasm());
  const trapping = (instance: CedarInstance): CedarInstance => ({
    ...instance,
    statefulIsAuthorized: (question) => {
      asked += 1;
      if (asked % oneFaultIn !== 0) return instance.statefulIsAuthorized(question);
      faults += 1;
      // No JSON: Cedar throws from within, and its stack is left behind.
      return instance.statefulIsAuthorized("{".repeat(200));
    },
  });
  const cedar = cedarEngineOver(new CedarPool(() => trapping(instantiateCedar(module))));
  const evaluator = createHost({ engines: [cedar, "rego"] }).load(artefactsOf(bounds));
  const call = callOf(bounds, 100);
  const residentAfter: number[] = [];
  let allowed = 0;
  for (let i = 1; i <= decisions; i++) {
    if (evaluator.decide(call, factsOf(evaluator)).verdict === "allow") allowed += 1;
    if (i === decisions / 10 || i === decisions) residentAfter.push(residentBytes() / MiB);
  }
  if (allowed !== decisions - faults) throw new Error(`${allowed} allows of ${decisions} with ${faults} faults`);
  const [early = 1, late = Number.POSITIVE_INFINITY] = residentAfter;
  return [
    {
      name: `${decisions} decisions, 1 in ${oneFaultIn} a fault, memory / after ${decisions / 10}`,
      value: late / early,
      unit: "×",
      limit: 1.05,
      from: `${late.toFixed(0)} MiB / ${early.toFixed(0)} MiB, ${faults} faults`,
    },
  ];
};
