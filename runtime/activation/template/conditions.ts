/** Whether a condition of a template holds of the envelope that is activated (SPEC §9, §11). */
import type { Envelope } from "../../../schema/envelope.ts";
import type { ActivationCondition, AmountIs, NamesAre } from "../../../schema/template.ts";
import { ownMember } from "../../own.ts";
import type { Transition } from "../transitions.ts";

/**
 * All members must hold.
 *
 * @param unknown what is taken for the answer where an amount is not there, or cannot be compared
 */
export function conditionHolds(
  condition: ActivationCondition,
  envelope: Envelope,
  step: Transition,
  unknown: boolean,
): boolean {
  const { transition, principal, issuer, mode, capabilities, effects, tags, maxDurationSeconds, budgets } = condition;
  const allTags = Object.values(envelope.effects).flatMap((effect) => effect.tags ?? []);
  return (
    isOneOf(transition?.oneOf, step) &&
    isOneOf(principal?.oneOf, envelope.principal) &&
    isOneOf(issuer?.oneOf, envelope.issuer) &&
    isOneOf(mode?.oneOf, envelope.mode) &&
    namesAre(capabilities, envelope.capabilities) &&
    namesAre(effects, Object.keys(envelope.effects)) &&
    namesAre(tags, allTags) &&
    amountIs(maxDurationSeconds, envelope.validity.maxDurationSeconds, unknown) &&
    Object.entries(budgets ?? {}).every(([meter, limits]) =>
      amountIs(limits, ownMember(ownMember(envelope.budgets, meter), "max"), unknown),
    )
  );
}

function isOneOf(list: readonly string[] | undefined, value: string): boolean {
  return list?.includes(value) ?? true;
}

function namesAre(wanted: NamesAre | undefined, names: readonly string[]): boolean {
  const { within, anyOf } = wanted ?? {};
  return (
    (within === undefined || names.every((name) => within.includes(name))) &&
    (anyOf === undefined || names.some((name) => anyOf.includes(name)))
  );
}

function amountIs(limits: AmountIs | undefined, amount: unknown, unknown: boolean): boolean {
  if (limits === undefined) return true;
  const { atMost, atLeast } = limits;
  const value = exact(amount);
  const compare = (limit: unknown, holds: (limit: bigint, value: bigint) => boolean): boolean => {
    const bound = exact(limit);
    return bound === undefined || value === undefined ? unknown : holds(bound, value);
  };
  return (
    (atMost === undefined || compare(atMost, (limit, given) => given <= limit)) &&
    (atLeast === undefined || compare(atLeast, (limit, given) => given >= limit))
  );
}

const digits = 30;

/** An integer, or a decimal of any scale, in the last of as many digits as there can be. */
function exact(amount: unknown): bigint | undefined {
  if (typeof amount !== "string" && typeof amount !== "number") return undefined;
  const [, sign = "", whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [];
  if (whole === undefined || fraction.length > digits) return undefined;
  return BigInt(sign + whole + fraction.padEnd(digits, "0"));
}
