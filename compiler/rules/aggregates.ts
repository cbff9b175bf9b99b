import type { Field } from "../../schema/envelope.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { quote } from "../diagnostics/quote.ts";
import { typeOf } from "./kinds.ts";
import { below, forEachEffect, type RuleContext } from "./rule.ts";

/** With `*` in `from`, numbers have an aggregate and sets collect; without it there is none (SPEC §4). Results are scalar (§14). */
export const aggregates = forEachEffect(({ effect, pointer }, context) => {
  for (const [name, field] of Object.entries(effect.fields)) checkField(context, field, below(pointer, "fields", name));
  for (const [name, field] of Object.entries(effect.results ?? {})) {
    checkResult(context, field, below(pointer, "results", name));
  }
});

function checkField({ report }: RuleContext, field: Field, pointer: string): void {
  if (!("from" in field)) return;
  const from = parsePointer(field.from);
  const place = below(pointer, "from");
  if (from[0] === "*") {
    const reason = "the arguments of a call are an object";
    report("tool/star_misplaced", place, { pointer: field.from, reason });
    return;
  }
  const aggregate = "aggregate" in field ? field.aggregate : undefined;
  if (!from.includes("*")) {
    if (aggregate === undefined) return;
    const reason = `aggregate ${quote(aggregate)} without \`*\`: ${quote(field.from)} reaches one value`;
    report("type/aggregate_does_not_fit", below(pointer, "aggregate"), { reason });
    return;
  }
  if (aggregate !== undefined || field.type === "set") return;
  const isNumber = field.type === "integer" || field.type === "decimal" || field.type === "length";
  const remedy = isNumber
    ? "it needs an `aggregate`: sum, max, min, count or each"
    : "make it a set, or point to one value";
  const reason = `${quote(field.from)} reaches every element, and the field is ${typeOf(field)}: ${remedy}`;
  report("type/aggregate_does_not_fit", place, { reason });
}

function checkResult({ report }: RuleContext, field: Field, pointer: string): void {
  if (field.type === "set" || field.type === "url" || field.type === "span" || field.type === "product") {
    report("type/aggregate_does_not_fit", below(pointer, "type"), {
      reason: `a result is one value, not ${typeOf(field)}`,
    });
    return;
  }
  if (parsePointer(field.from).includes("*")) {
    const reason = "a result is one value";
    report("tool/star_misplaced", below(pointer, "from"), { pointer: field.from, reason });
  }
  for (const name of ["aggregate", "optional", "default"] as const) {
    if (!(name in field)) continue;
    const reason = "a result is one value, decoded where it is there";
    report("key/not_applicable", below(pointer, name), { name, reason }, { at: "key" });
  }
}
