/** What may be used up at most, by the id of the bound, in minor units: read from the source document, as the reference reads it. */
import type { Envelope } from "../../schema/envelope.ts";
import { operandOf } from "../../schema/reference/operand.ts";

/** @param envelope valid: what `readEnvelope` lets pass */
export function capsOf(envelope: Envelope): ReadonlyMap<string, number> {
  const caps = new Map<string, number>();
  for (const [name, effect] of Object.entries(envelope.effects)) {
    for (const [key, { max }] of Object.entries(effect.session)) {
      const cap = key === "calls" ? max : operandOf(effect.fields, key).write(max);
      caps.set(`effects/${name}/session/${key}`, Number(cap));
    }
    for (const [meter, cost] of Object.entries(effect.consumes ?? {})) {
      const max = envelope.budgets[meter]?.max ?? Number.NaN;
      const cap = typeof cost === "string" ? operandOf(effect.fields, cost).write(max) : max;
      caps.set(`budgets/${meter}`, Number(cap));
    }
  }
  const { actions, externalCalls } = envelope.budgets;
  caps.set("budgets/actions", actions.max);
  if (externalCalls !== undefined) caps.set("budgets/externalCalls", externalCalls.max);
  return caps;
}
