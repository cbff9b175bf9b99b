import { quote } from "../../diagnostics/quote.ts";
import { operandOf } from "../../operands.ts";
import { below, forEachEffect } from "../rule.ts";

/** A relation of a field with itself never holds, or always (SPEC §14). */
export const relationWithItself = forEachEffect(({ name, effect, pointer }, { report }) => {
  for (const [i, { left, op, right }] of (effect.relations ?? []).entries()) {
    if (left !== right || operandOf(effect.fields, left) === undefined) continue;
    const cause = `${quote(left)} is compared with itself by \`${op}\``;
    const what = op === "!=" || op === "<" ? {} : { what: "the relation always holds and denies nothing" };
    report("fires/never_fires", below(pointer, "relations", i), { cause, effects: [name], ...what });
  }
});
