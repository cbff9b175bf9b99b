import { isSet, operandOf } from "../../operands.ts";
import { admits, constraintsOf, readCandidate } from "../constraints.ts";
import { below, forEachEffect } from "../rule.ts";

/** Rows none of which the other bounds of their fields admit: the effect is dead (SPEC §2). */
export const noRowSatisfies = forEachEffect((site, { report }) => {
  for (const [i, { fields, oneOf }] of (site.effect.rows ?? []).entries()) {
    const columns = fields.map((name) => {
      const operand = operandOf(site.effect.fields, name);
      return operand === undefined || isSet(operand) ? undefined : constraintsOf(site, operand);
    });
    const mayHold = oneOf.some((row) =>
      columns.every((constraints, j) => {
        if (constraints === undefined) return true;
        const candidate = readCandidate(constraints.operand.form, row[j]);
        // What cannot be read is reported elsewhere.
        return candidate === undefined || admits(constraints, candidate);
      }),
    );
    if (mayHold) continue;
    const cause = "no row satisfies the other bounds of its fields";
    report("fires/never_fires", below(site.pointer, "rows", i), { cause, effects: [site.name] });
  }
});
