import fc from "fast-check";
import { expect, test } from "vitest";
import { createHost } from "../../runtime/load.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import type { Verdict } from "../../schema/verdict.ts";
import { call, envelope, handMade, now } from "./hand-made.ts";

const evaluator = createHost({ engines: ["reference"] }).load(handMade());
const facts = freshFacts(envelope, "count", now);
const anything = fc.anything({
  withNullPrototype: true,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSparseArray: true,
});

/** What every verdict is, whatever came in. */
function expectSound(verdict: Verdict): void {
  const [first] = verdict.violations;
  expect(verdict.verdict === "allow").toBe(first === undefined);
  expect([verdict.primary, verdict.code]).toEqual([first?.id ?? null, first?.code ?? null]);
  for (const { message } of verdict.violations) expect(message).not.toBe("");
}

test("whatever the proposal is, there is a verdict", () => {
  fc.assert(
    fc.property(anything, (proposal) => {
      const verdict = evaluator.decide(proposal as never, facts);
      expectSound(verdict);
      expect(verdict.verdict).toBe("deny");
    }),
    { numRuns: 500 },
  );
});

test("whatever the facts are, there is a verdict", () => {
  fc.assert(
    fc.property(anything, (given) => {
      const verdict = evaluator.decide(call(1), given as never);
      expectSound(verdict);
      expect(verdict.verdict).toBe("deny");
    }),
    { numRuns: 500 },
  );
});

test("whatever one member of the state is, there is a verdict", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(facts.state)), anything, (member, value) => {
      expectSound(evaluator.decide(call(1), { ...facts, state: { ...facts.state, [member]: value } }));
    }),
    { numRuns: 1000 },
  );
});

test("whatever the request is, there is a verdict", () => {
  const traps = new Proxy(
    {},
    { get: () => fail(), has: () => fail(), getOwnPropertyDescriptor: () => fail(), ownKeys: () => fail() },
  );
  for (const request of [traps, { fields: traps }, { state: traps }]) expectSound(evaluator.judge(request));
  fc.assert(
    fc.property(anything, (request) => expectSound(evaluator.judge(request as never))),
    { numRuns: 500 },
  );
});

function fail(): never {
  throw new Error("trap");
}

test("the same proposal and facts give the same verdict, byte for byte", () => {
  fc.assert(
    fc.property(fc.integer({ min: -2, max: 5 }), (by) => {
      const [first, second] = [evaluator.decide(call(by), facts), evaluator.decide(call(by), facts)];
      expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    }),
    { numRuns: 50 },
  );
});
