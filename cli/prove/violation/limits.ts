/** When the rows that compare amounts and counts are violated: `per_call`, `session`, `budgets`, `velocity`. */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import { type Leaf, missingOr, state } from "./leaf.ts";
import { operandAt } from "./operand.ts";
import { anyOf, cedar, type Statement } from "./statement.ts";
import type { Violation } from "./violation.ts";

export function perCallViolations(effectName: string, { fields, perCall = {} }: Effect): readonly Violation[] {
  return Object.entries(perCall).map(([key, { min, max }]) => {
    const { unreadOr, smallest, largest, write } = operandAt(fields, key);
    const least = min === undefined ? 0 : Number(write(min));
    const outside = anyOf(cedar`${smallest} < ${least}`, cedar`${largest} > ${Number(write(max))}`);
    return { id: `effects/${effectName}/per_call/${key}`, statement: unreadOr(outside) };
  });
}

export function sessionViolations(effectName: string, { fields, session }: Effect): readonly Violation[] {
  return Object.entries(session).map(([key, { max }]) => {
    const id = `effects/${effectName}/session/${key}`;
    if (key === "calls") return { id, statement: overdrawn(id, Number(max), 1) };
    const { value, write } = operandAt(fields, key);
    return { id, statement: overdrawn(id, Number(write(max)), value) };
  });
}

export function budgetViolations({ budgets }: Envelope, effect: Effect): readonly Violation[] {
  const { external, fields, consumes = {} } = effect;
  const feeders = Object.entries({ actions: 1, ...(external ? { externalCalls: 1 } : {}), ...consumes });
  return feeders.map(([meter, cost]) => {
    const id = `budgets/${meter}`;
    const max = budgets[meter]?.max ?? 0;
    if (typeof cost === "number") return { id, statement: overdrawn(id, Number(max), cost) };
    const { value, write } = operandAt(fields, cost);
    return { id, statement: overdrawn(id, Number(write(max)), value) };
  });
}

/** Used before, and with the cost of this call, more than `max`; anything below zero; or not known. The sum of two amounts within `max` fits. */
function overdrawn(id: string, max: number, cost: number | Leaf): Statement {
  const used = state("meters", id);
  const outside = (amount: Leaf) => anyOf(cedar`${amount} < 0`, cedar`${amount} > ${max}`);
  const tooMuch = cedar`${used} + ${cost} > ${max}`;
  if (typeof cost === "number") return cost > max || missingOr([used], anyOf(outside(used), tooMuch));
  return missingOr([used, cost], anyOf(outside(used), outside(cost), tooMuch));
}

export function velocityViolations({ defaults }: Envelope, effectName: string, effect: Effect): readonly Violation[] {
  return (effect.velocity ?? defaults?.velocity ?? []).map(({ max }, index) => {
    const id = `effects/${effectName}/velocity/${index}`;
    const before = state("velocity", id);
    return { id, statement: max <= 0 || missingOr([before], anyOf(cedar`${before} < 0`, cedar`${before} >= ${max}`)) };
  });
}
