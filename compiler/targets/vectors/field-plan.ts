/** What an envelope says about each field of an effect: where vectors find values beside the limits. */
import type { Effect } from "../../../schema/envelope.ts";
import type { Condition, NormalisedEffect, Operator, Shape } from "../../../schema/normalised.ts";
import { type Form, operandOf } from "../../operands.ts";

export interface FieldPlan {
  /** The key in `request.fields`. */
  readonly key: string;
  readonly shape: Shape;
  /** How one value of it is written; undefined for a row. */
  readonly form: Form | undefined;
  readonly operators: Operator[];
  readonly caps: { readonly min: number; readonly max: number }[];
  /** What meters that it feeds admit at most. */
  readonly room: number[];
  readonly when: Condition[];
  /** Fields that it is related to. */
  readonly partners: string[];
}

export type FieldPlans = ReadonlyMap<string, FieldPlan>;

export function planFields({ fields }: Effect, { bounds }: NormalisedEffect): FieldPlans {
  const plans = new Map<string, FieldPlan>();
  const plan = (key: string, shape: Shape): FieldPlan => {
    const form = operandOf(fields, key)?.form;
    const known = plans.get(key) ?? { key, shape, form, operators: [], caps: [], room: [], when: [], partners: [] };
    plans.set(key, known);
    return known;
  };
  for (const { field, shape, operators } of bounds.allow ?? []) plan(field, shape).operators.push(...operators);
  for (const { field, oneOf } of bounds.rows ?? [])
    plan(field, "text").operators.push({ op: "oneOf", values: { texts: oneOf } });
  for (const { field, shape, min, max } of bounds.perCall ?? []) plan(field, shape).caps.push({ min, max });
  for (const { cost, max } of [...(bounds.session ?? []), ...(bounds.budget ?? [])])
    if ("field" in cost) plan(cost.field, "number").room.push(max);
  for (const { left, right, shape } of bounds.relations ?? []) {
    plan(left, shape).partners.push(right);
    plan(right, shape).partners.push(left);
  }
  for (const condition of (bounds.approval ?? []).flatMap(({ when }) => when ?? []))
    plan(condition.field, condition.shape).when.push(condition);
  return plans;
}

/** The fields that each bound looks at, by bound id. */
export function fieldsOfBounds({ bounds }: NormalisedEffect): ReadonlyMap<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ...[...(bounds.allow ?? []), ...(bounds.rows ?? []), ...(bounds.perCall ?? [])].map(
      ({ id, field }) => [id, [field]] as const,
    ),
    ...[...(bounds.session ?? []), ...(bounds.budget ?? [])].map(
      ({ id, cost }) => [id, "field" in cost ? [cost.field] : []] as const,
    ),
    ...(bounds.relations ?? []).map(({ id, left, right }) => [id, [left, right]] as const),
    ...(bounds.approval ?? []).map(({ id, when }) => [id, (when ?? []).map(({ field }) => field)] as const),
  ]);
}
