/** When the rows that ask for people are violated: `approval` and `channel`. */
import type { Condition, Effect } from "../../../schema/envelope.ts";
import { missingOr, state } from "./leaf.ts";
import { operandAt } from "./operand.ts";
import { allOf, anyOf, cedar, type Statement } from "./statement.ts";
import type { Violation } from "./violation.ts";

export function approvalViolations(effectName: string, effect: Effect): readonly Violation[] {
  if (effect.approval === undefined) return [];
  const { keys, when } = effect.approval;
  const id = `effects/${effectName}/approval`;
  const called =
    when === undefined ||
    anyOf(...Object.entries(when).map(([key, condition]) => callsForPeople(effect, key, condition)));
  return [{ id, statement: allOf(called, fewerThan(keys, id)) }];
}

export function channelViolations(effectName: string, { external, channel }: Effect): readonly Violation[] {
  const id = `effects/${effectName}/channel`;
  return external && channel !== "execute" ? [{ id, statement: fewerThan(2, id) }] : [];
}

function fewerThan(keys: number, id: string): Statement {
  const approvals = state("approvals", id);
  return missingOr([approvals], cedar`${approvals} < ${keys}`);
}

/** Any operator that matches, or nothing to compare. */
function callsForPeople({ fields }: Effect, key: string, { min, max, oneOf, equals }: Condition): Statement {
  const { unreadOr, value, smallest, largest, write } = operandAt(fields, key);
  const matching = anyOf(
    min === undefined ? false : cedar`${largest} >= ${Number(write(min))}`,
    max === undefined ? false : cedar`${smallest} <= ${Number(write(max))}`,
    oneOf === undefined ? false : cedar`${oneOf.map(write)}.contains(${value})`,
    equals === undefined ? false : cedar`${value} == ${write(equals)}`,
  );
  return unreadOr(matching);
}
