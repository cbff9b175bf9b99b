import type { Envelope } from "../../../schema/envelope.ts";
import { quote } from "../../diagnostics/quote.ts";
import { isSet, operandOf } from "../../operands.ts";
import { operatorsOf } from "../kinds.ts";
import { below, effectSites, entries, own, type Rule } from "../rule.ts";
import { circlesOf, type Edge } from "./circles.ts";

/** An effect that cannot happen before another has. */
interface Need extends Edge {
  readonly pointer: string;
}

/** Effects that wait for themselves, directly or in a circle, by `after` or by what they need produced (SPEC §14). */
export const circles: Rule = (envelope, { report }) => {
  const needs = needsOf(envelope);
  const circleOf = circlesOf(needs);
  for (const { from, to, pointer } of needs) {
    if (circleOf.get(from) !== circleOf.get(to)) continue;
    const cause =
      from === to
        ? `the effect ${quote(from)} waits for itself`
        : `the effects ${quote(from)} and ${quote(to)} wait for each other in a circle`;
    report("fires/never_fires", pointer, { cause, effects: [from] });
  }
};

function needsOf(envelope: Envelope): readonly Need[] {
  return effectSites(envelope)
    .flatMap(({ name: from, effect, pointer }) => [
      ...(effect.after ?? []).map(({ effect: to }, i) => ({ from, to, pointer: below(pointer, "after", i) })),
      ...entries(effect.allow).flatMap(([key, { producedBy, minItems }]) => {
        const operand = operandOf(effect.fields, key);
        if (producedBy === undefined || operand === undefined) return [];
        const mayBeEmpty = isSet(operand) && minItems === 0;
        if (mayBeEmpty || !operatorsOf(operand).includes("producedBy")) return [];
        const [to = "", result = ""] = producedBy.split("/");
        if (own(own(envelope.effects, to)?.results, result) === undefined) return [];
        return [{ from, to, pointer: below(pointer, "allow", key, "producedBy") }];
      }),
    ])
    .filter(({ to }) => own(envelope.effects, to) !== undefined);
}
