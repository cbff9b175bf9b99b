/**
 * The statements that the solver is asked about say what the reference says: a bound is violated by the statement, in Cedar
 * itself, exactly where the reference lists it. AMBIT_SEED repeats a run.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { policyThat } from "../../cli/prove/policy-text.ts";
import { violationsOf } from "../../cli/prove/violation/violations.ts";
import { boundKindOf, boundKinds } from "../../schema/bounds.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { draft, requestPlan } from "../agreement/requests.ts";
import { matchingOf } from "./asked-cedar.ts";
import { emit } from "./generated.ts";

const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const wanted = 2500;
const requests = fc.array(requestPlan, { minLength: 60, maxLength: 80, size: "max" });

/** For each effect: the violated bounds of a request, by the statements. */
function statementsOf(emitted: ReturnType<typeof emit>) {
  return new Map(
    Object.entries(emitted.envelope.effects).map(([action, effect]) => {
      const scope = { action, digest: emitted.digest };
      const violations = violationsOf(emitted.envelope, action, effect);
      const policies = violations.map(({ id, statement }) => [id, policyThat(scope, statement)]);
      const matching = matchingOf(emitted, Object.fromEntries(policies));
      return [action, { ids: violations.map(({ id }) => id), matching }];
    }),
  );
}

/** Where the effect is not granted, the reference judges the rows down to `granted` only. */
function judged(violated: Iterable<string>): readonly string[] {
  const ids = [...violated];
  const last = boundKinds.findIndex(({ kind }) => kind === "granted");
  const common: readonly unknown[] = boundKinds.slice(0, last + 1);
  return [...new Set(ids)].filter((id) => !ids.includes("granted") || common.includes(boundKindOf(id))).sort();
}

test(`bounds are violated by the statements where the reference lists them (AMBIT_SEED=${seed})`, () => {
  const seen = new Map(boundKinds.map(({ kind }) => [kind, { kept: 0, violated: 0 }]));
  let compared = 0;
  const compare = (statements: ReturnType<typeof statementsOf>, request: HostileRequest, listed: readonly string[]) => {
    const at = typeof request.effect === "string" ? statements.get(request.effect) : undefined;
    if (at === undefined) return;
    const violated = at.matching(request);
    if (listed.includes("envelope")) return expect([...violated]).toEqual([]);
    expect(judged(violated), JSON.stringify(request)).toEqual([...listed].sort());
    compared += 1;
    for (const id of listed.includes("granted") ? judged(["granted", ...at.ids]) : at.ids) {
      const tally = seen.get(boundKindOf(id)!.kind)!;
      tally[violated.has(id) ? "violated" : "kept"] += 1;
    }
  };
  const property = fc.property(envelopePlan, requests, (plan, plans) => {
    const built = buildEnvelope(plan);
    const emitted = emit(built.document);
    const reference = planReference(built.document, emitted.digest);
    const statements = statementsOf(emitted);
    for (const plan of plans) {
      const { request: finish, fields } = draft(built, emitted.digest, plan);
      const request = finish(fields);
      compare(statements, request, reference(request).violations);
    }
  });
  for (let round = 0; compared < wanted && round < 20; round += 1) {
    fc.assert(property, { seed: seed + 1_000_003 * round, numRuns: 20 });
  }
  expect(compared).toBeGreaterThanOrEqual(wanted);
  for (const [kind, { kept, violated }] of seen) {
    expect(kept, `${kind} kept`).toBeGreaterThan(2);
    expect(violated, `${kind} violated`).toBeGreaterThan(kind === "requires" ? -1 : 2);
  }
}, 120_000);
