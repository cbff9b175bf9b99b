/** Envelopes with bounds of every kind: whatever is not denied lies within what remained, and what remained can be told. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EffectRemaining } from "../../../runtime/session/remaining/remaining.ts";
import type { SessionVerdict } from "../../../runtime/session/verdict.ts";
import type { FieldValue } from "../../../schema/request.ts";
import { type Built, pickOf } from "../../agreement/build/built.ts";
import { buildEnvelope } from "../../agreement/build/envelope.ts";
import { callOf, proposalOf } from "../../agreement/draft.ts";
import { envelopePlan } from "../../agreement/plan.ts";
import { seed, timeout } from "../../laws/worlds.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { caller } from "./forks.ts";

const scale = Math.min(10, Math.max(1, Number(process.env.AMBIT_RUNS ?? 5000) / 5000));
const begin = Date.parse("2024-02-15T14:30:00Z");

const pick = fc.nat({ max: 10_000 });
const calls = fc.array(fc.array(pick, { minLength: 13, maxLength: 13 }), { minLength: 4, maxLength: 8, size: "max" });

test("what is not denied lies within what remained", { timeout }, async () => {
  let inside = 0;
  await fc.assert(
    fc.asyncProperty(envelopePlan.map(buildEnvelope), calls, async (built, picks) => {
      const gateway = await openGateway({ envelope: { ...built.document }, activatedAt: begin });
      gateway.time.now = begin;
      for (const name of Object.keys(built.document.evidence ?? {})) await gateway.session.evidence(name, begin);
      for (const each of picks) if (await isInside(gateway, built, each)) inside += 1;
      gateway.evaluator.drop();
    }),
    { numRuns: 25 * scale, seed },
  );
  expect(inside).toBeGreaterThan(0);
});

async function isInside({ session }: Gateway, { effects }: Built, picks: readonly number[]): Promise<boolean> {
  const answer = await session.remaining();
  if (!answer.ok) throw new Error(answer.fault.message);
  const effect = pickOf(effects, picks[12]!)!;
  const call = callOf(effect, (index) => picks[index % 12]!);
  const verdict = await session.propose(JSON.stringify(proposalOf(effect, call)), caller);
  const left = answer.remaining.effects.find(({ effect: name }) => name === verdict.effect);
  if (verdict.verdict === "deny" || left === undefined) return false;
  expect(left).toMatchObject({ open: true, closedBy: [] });
  expect(left.calls).toBeGreaterThan(0);
  expect(left.tools).toContain(call.tool);
  checkAmounts(left, verdict);
  if (verdict.verdict === "hold") {
    const asked = left.approvals.map(({ bound }) => bound);
    expect(verdict.violations.filter(({ id }) => !asked.includes(id))).toEqual([]);
  }
  return true;
}

function checkAmounts({ amounts }: EffectRemaining, { fields }: SessionVerdict): void {
  for (const [key, { min, max, values }] of Object.entries(amounts)) {
    const [least, most] = endsOf(fields![key]!);
    expect(least).toBeGreaterThanOrEqual(min);
    expect(most).toBeLessThanOrEqual(max);
    if (values !== undefined) expect(values).toContain(most);
  }
}

function endsOf(value: FieldValue): readonly [number, number] {
  if (typeof value === "object" && "min" in value) return [value.min, value.max];
  return [Number(value), Number(value)];
}
