/** The rows that compare amounts and counts: `per_call`, `session`, `budgets` and `velocity`. */
import type { Effect, Envelope, PerCall, SessionLimit } from "../envelope.ts";
import type { HostileRequest } from "../request.ts";
import type { Check } from "./check.ts";
import { fieldOf, state, wholeNumber } from "./leaves.ts";
import { operandOf } from "./operand.ts";

export function perCallRow(effectName: string, effect: Effect, key: string, { min, max }: PerCall): Check {
  const operand = operandOf(effect.fields, key);
  const least = min === undefined ? 0 : Number(operand.write(min));
  const most = Number(operand.write(max));
  return {
    id: `effects/${effectName}/per_call/${key}`,
    ok: (request) => {
      const value = operand.read(fieldOf(request, key));
      if (typeof value === "number") return least <= value && value <= most;
      return (
        operand.look === "range" &&
        typeof value === "object" &&
        "min" in value &&
        least <= value.min &&
        value.max <= most
      );
    },
  };
}

export function sessionRow(effectName: string, effect: Effect, key: string, { max }: SessionLimit): Check {
  const id = `effects/${effectName}/session/${key}`;
  if (key === "calls") return meterRow(id, Number(max), () => 1);
  const operand = operandOf(effect.fields, key);
  return meterRow(id, Number(operand.write(max)), (request) => wholeNumber(fieldOf(request, key)));
}

export function budgetRows(envelope: Envelope, effect: Effect): readonly Check[] {
  const { actions, externalCalls } = envelope.budgets;
  const one = () => 1;
  return [
    meterRow("budgets/actions", actions.max, one),
    ...(effect.external ? [meterRow("budgets/externalCalls", externalCalls!.max, one)] : []),
    ...Object.entries(effect.consumes ?? {}).map(([meter, cost]) => {
      const { max } = envelope.budgets[meter]!;
      if (typeof cost === "number") return meterRow(`budgets/${meter}`, Number(max), () => cost);
      const operand = operandOf(effect.fields, cost);
      return meterRow(`budgets/${meter}`, Number(operand.write(max)), (request) => wholeNumber(fieldOf(request, cost)));
    }),
  ];
}

/** `used` is what was used and is held before this call. */
function meterRow(id: string, max: number, cost: (request: HostileRequest) => number | undefined): Check {
  return {
    id,
    ok: (request) => {
      const value = cost(request);
      const used = wholeNumber(state(request, "meters", id));
      if (value === undefined || used === undefined) return false;
      return value >= 0 && used >= 0 && used <= max && value <= max - used;
    },
  };
}

export function velocityRows(envelope: Envelope, effectName: string, effect: Effect): readonly Check[] {
  return (effect.velocity ?? envelope.defaults?.velocity ?? []).map(({ max }, index) => {
    const id = `effects/${effectName}/velocity/${index}`;
    return {
      id,
      ok: (request) => {
        const before = wholeNumber(state(request, "velocity", id));
        return before !== undefined && before >= 0 && before < max;
      },
    };
  });
}
