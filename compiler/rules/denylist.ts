import { operandOf } from "../operands.ts";
import { operatorsIn } from "./allow.ts";
import { operatorsOf } from "./kinds.ts";
import { below, entries, forEachEffect } from "./rule.ts";

const denying: ReadonlySet<string> = new Set(["noneOf", "disjointFrom", "noneUnder"]);
const counting: ReadonlySet<string> = new Set(["minItems", "maxItems"]);

/** A deny list as the only bound of a field is a warning: whatever it does not name is allowed (SPEC §2). */
export const denylist = forEachEffect(({ effect, pointer }, { report }) => {
  for (const [field, allow] of entries(effect.allow)) {
    const operand = operandOf(effect.fields, field);
    if (operand === undefined || effect.rows?.some(({ fields }) => fields.includes(field))) continue;
    const fits = operatorsOf(operand);
    const operators = operatorsIn(allow).filter((op) => !counting.has(op));
    const [operator] = operators;
    if (operator === undefined || !operators.every((op) => denying.has(op) && fits.includes(op))) continue;
    report("value/denylist_only", below(pointer, "allow", field), { field, operator });
  }
});
