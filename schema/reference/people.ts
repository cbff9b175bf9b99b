/** The rows that ask for people: `approval` and `channel`. */
import type { Approval, Condition, Effect } from "../envelope.ts";
import type { HostileRequest } from "../request.ts";
import type { Check } from "./check.ts";
import { fieldOf, state, wholeNumber } from "./leaves.ts";
import { operandOf } from "./operand.ts";

export function approvalRow(effectName: string, effect: Effect, { keys, when }: Approval): Check {
  const id = `effects/${effectName}/approval`;
  const called = (request: HostileRequest) =>
    when === undefined || Object.entries(when).some(([key, condition]) => matches(effect, key, condition, request));
  return { id, ok: (request) => !called(request) || approvals(request, id) >= keys };
}

export function channelRow(effectName: string, effect: Effect): Check {
  const id = `effects/${effectName}/channel`;
  return { id, ok: (request) => !effect.external || effect.channel === "execute" || approvals(request, id) >= 2 };
}

function approvals(request: HostileRequest, id: string): number {
  return wholeNumber(state(request, "approvals", id)) ?? 0;
}

/** Any operator that matches; and what cannot be compared matches. */
function matches(
  effect: Effect,
  key: string,
  { min, max, oneOf, equals }: Condition,
  request: HostileRequest,
): boolean {
  const operand = operandOf(effect.fields, key);
  const value = operand.read(fieldOf(request, key));
  if (value === undefined) return true;
  const smallest = typeof value === "object" && "min" in value ? value.min : value;
  const largest = typeof value === "object" && "max" in value ? value.max : value;
  const itself = typeof value === "object" && "value" in value ? value.value : value;
  return (
    (min !== undefined && largest >= operand.write(min)) ||
    (max !== undefined && smallest <= operand.write(max)) ||
    (oneOf?.some((listed) => operand.write(listed) === itself) ?? false) ||
    (equals !== undefined && operand.write(equals) === itself)
  );
}
