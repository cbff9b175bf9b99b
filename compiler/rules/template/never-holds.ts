import { quote } from "../../diagnostics/quote.ts";
import { emptyRange } from "../empty-range.ts";
import { below, entries } from "../rule.ts";
import type { TemplateRule } from "./rule.ts";

interface AmountIs {
  readonly atLeast?: unknown;
  readonly atMost?: unknown;
}

/** A condition that holds of no envelope: what was to be for people to decide would not reach them. */
export const neverHolds: TemplateRule = (template, { report }) => {
  for (const list of ["autoApprove", "requireHuman"] as const) {
    for (const [i, { maxDurationSeconds, budgets }] of template[list].entries()) {
      const pointer = below("", list, i);
      const amounts: readonly (readonly [string, AmountIs])[] = [
        ...(maxDurationSeconds === undefined
          ? []
          : [[below(pointer, "maxDurationSeconds"), maxDurationSeconds] as const]),
        ...entries<AmountIs>(budgets).map(([meter, amount]) => [below(pointer, "budgets", meter), amount] as const),
      ];
      for (const [place, { atLeast, atMost }] of amounts) {
        if (!emptyRange(atLeast, atMost)) continue;
        const cause = `at least ${quote(String(atLeast))} is more than at most ${quote(String(atMost))}`;
        report("fires/never_fires", place, { cause, effects: [], what: "the condition never holds" });
      }
    }
  }
};
