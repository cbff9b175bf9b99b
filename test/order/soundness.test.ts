/**
 * Whatever `narrower` says of generated pairs of envelopes, the reference evaluator must confirm: no call that the one allows, the other
 * denies, decoded from the same arguments, with the facts of the same history. AMBIT_RUNS says on how many pairs, AMBIT_SEED repeats a run.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { narrower } from "../../compiler/order/order.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { planDecoder } from "../../runtime/decode/decode.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { Built } from "../agreement/build/built.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { draft, type RequestPlan, requestPlan } from "../agreement/requests.ts";
import { figure } from "../figure.ts";
import { factsUnder, haveArisen } from "./facts.ts";
import { isRecord, type Json } from "./json.ts";
import { type Change, mutate } from "./mutate.ts";

const pairs = Math.ceil(Number(process.env.AMBIT_RUNS ?? 5000) / 10);
const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));

const change = fc.record({ at: fc.nat(100_000), how: fc.nat(10_000) });
const changes = fc.array(change, { maxLength: 3 });
const requests = fc.array(fc.record({ plan: requestPlan, part: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  minLength: 12,
  maxLength: 12,
});

/** Undefined where the changes break it. */
function changed(document: Envelope, list: readonly Change[]): Envelope | undefined {
  let made: Json = JSON.parse(JSON.stringify(document));
  for (const each of list) {
    const next = mutate(made, each);
    if (readEnvelope(JSON.stringify(next)).envelope !== undefined) made = next;
  }
  return readEnvelope(JSON.stringify(made)).envelope;
}

/** A call that `a` allows and `b` does not, told; undefined where this request is none. */
function counterexample(built: Built, a: Envelope, b: Envelope, plan: RequestPlan, part: number): string | undefined {
  const effects = built.effects.flatMap((each) => {
    const effect = a.effects[each.name];
    return effect === undefined ? [] : [{ ...each, effect }];
  });
  if (effects.length === 0) return undefined;
  const digest = "sha256:0";
  const drafted = draft({ document: a, effects }, digest, { ...plan, decoded: true, fuzz: undefined });
  if (drafted.proposal === undefined) return undefined;
  const proposal = JSON.stringify(drafted.proposal);
  const mine = planDecoder(a)(proposal);
  if (!mine.ok || mine.call.effect === "") return undefined;
  // Both judge the call that was made, whatever else is wrong with the request.
  const { effect, tool, fields } = mine.call;
  const asked = { ...drafted.request(fields), effect, tool, fields };
  const known = isRecord(asked.state) ? asked.state : {};
  if (!haveArisen(a, known) || planReference(a, digest)(asked).verdict !== "allow") return undefined;
  allowed += 1;
  const theirs = planDecoder(b)(proposal);
  if (!theirs.ok) return `${proposal} is not decoded: ${JSON.stringify(theirs.failures)}`;
  const state = factsUnder(a, b, mine.call.effect, known, part);
  const other = { ...asked, effect: theirs.call.effect, fields: theirs.call.fields, state };
  const { verdict, violations } = planReference(b, digest)(other);
  return verdict === "allow" ? undefined : `${proposal} violates ${violations.join(", ")}`;
}

let allowed = 0;

test(`whatever is said to be narrower allows no more (${pairs} pairs)`, { timeout: 60_000 + 60 * pairs }, () => {
  let compared = 0;
  let differing = 0;
  let missed = 0;
  const property = fc.property(envelopePlan, changes, changes, requests, (plan, one, other, asked) => {
    const built = buildEnvelope(plan);
    const [a, b] = [changed(built.document, one), changed(built.document, other)];
    if (a === undefined || b === undefined) return;
    compared += 1;
    const found = () => asked.map(({ plan, part }) => counterexample(built, a, b, plan, part)).find(Boolean);
    if (!narrower(a, b)) {
      if (process.env.AMBIT_MISSED !== undefined && found() === undefined) missed += 1;
      return;
    }
    if (JSON.stringify(a) !== JSON.stringify(b)) differing += 1;
    const told = found();
    if (told !== undefined) throw new Error(`${told}\n\na ${JSON.stringify(a)}\n\nb ${JSON.stringify(b)}`);
  });
  const { failed, errorInstance } = fc.check(property, { seed, numRuns: pairs });
  if (failed) throw new Error(`AMBIT_SEED=${seed}: ${String(errorInstance)}`);
  figure(
    `order: 0 of ${allowed} calls allowed by the narrower of ${differing} pairs denied by the wider (${compared} compared, ${missed} undecided; AMBIT_SEED=${seed})`,
  );
  expect(differing).toBeGreaterThan(pairs / 20);
  expect(allowed).toBeGreaterThan(pairs / 10);
});

test("every envelope is narrower than itself", () => {
  fc.assert(
    fc.property(envelopePlan, (plan) => {
      const { document } = buildEnvelope(plan);
      expect(narrower(document, document)).toBe(true);
    }),
    { seed, numRuns: Math.min(pairs, 200) },
  );
});

test("what is narrower than a narrower one is narrower", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(envelopePlan, changes, changes, changes, (plan, ...lists) => {
      const { document } = buildEnvelope(plan);
      const all = lists.flatMap((list) => changed(document, list) ?? []);
      for (const a of all)
        for (const b of all)
          for (const c of all) if (narrower(a, b) && narrower(b, c)) expect(narrower(a, c)).toBe(true);
    }),
    { seed, numRuns: Math.min(pairs, 30) },
  );
});
