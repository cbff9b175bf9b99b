/** The people an effect asks for, and the calls for which it asks them. */
import type { Approval, Condition } from "../../../schema/envelope.ts";
import type { EffectPlan } from "../effect.ts";
import { type BuiltKey, pickOf } from "./built.ts";

export function approvalOf({ approval }: EffectPlan, keys: readonly BuiltKey[]): Approval | undefined {
  if (approval === undefined) return undefined;
  const { when, ...people } = approval;
  const comparable = keys.filter(({ key }) => key.look !== "set");
  const conditions = (when ?? []).flatMap(({ key: pick, sample, by }) => {
    const chosen = pickOf(comparable, pick);
    return chosen === undefined ? [] : [[chosen.name, conditionOn(chosen, sample, by)] as const];
  });
  return conditions.length === 0 ? people : { ...people, when: Object.fromEntries(conditions) };
}

function conditionOn({ field, key }: BuiltKey, pick: number, by: readonly number[]): Condition {
  const value = pickOf([...field.plan.inside, ...field.plan.outside], pick)!.written[key.suffix] as string | number;
  const fitting = (["min", "max", "oneOf", "equals"] as const).filter((_, at) =>
    key.look === "number" ? true : key.look === "range" ? at < 2 : at >= 2,
  );
  const chosen = new Set(by.map((each) => pickOf(fitting, each)!));
  return Object.fromEntries(Array.from(chosen, (operator) => [operator, operator === "oneOf" ? [value] : value]));
}
