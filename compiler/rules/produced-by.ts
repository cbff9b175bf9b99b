import type { Field } from "../../schema/envelope.ts";
import type { Operand } from "../operands.ts";
import { typeOf } from "./kinds.ts";
import { type EffectSite, own, type RuleContext } from "./rule.ts";
import { meantAmong, replacement } from "./unknown.ts";

/** `effect/result` names a result of the same type as the field, or as the elements of a set (SPEC §14). */
export function checkProducedBy(
  { report }: RuleContext,
  { envelope }: EffectSite,
  { field }: Operand,
  name: string,
  pointer: string,
): void {
  const result = resultOf(envelope.effects, name);
  if (result === undefined) {
    const meant = meantAmong(name, resultNames(envelope.effects));
    report("ref/unknown_result", pointer, { name, ...meant }, replacement(pointer, meant));
    return;
  }
  const wanted = field.type === "set" ? field.of : field.type;
  if (result.type === wanted) return;
  const expected = field.type === "set" ? `a result of type ${wanted} for its elements` : `a result of type ${wanted}`;
  report("type/result_does_not_fit", pointer, { result: name, found: typeOf(result), expected });
}

type Effects = Readonly<Record<string, { readonly results?: Readonly<Record<string, Field>> }>>;

function resultOf(effects: Effects, name: string): Field | undefined {
  const [effect = "", result = "", ...more] = name.split("/");
  return more.length > 0 ? undefined : own(own(effects, effect)?.results, result);
}

function resultNames(effects: Effects): readonly string[] {
  return Object.entries(effects).flatMap(([effect, { results }]) =>
    Object.keys(results ?? {}).map((result) => `${effect}/${result}`),
  );
}
