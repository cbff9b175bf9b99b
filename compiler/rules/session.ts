import type { CallLimit, SessionLimit } from "../../schema/envelope.ts";
import { quote } from "../diagnostics/quote.ts";
import { isTime, type Operand, operandOf } from "../operands.ts";
import { kindOf, typeOf } from "./kinds.ts";
import { amountOperand, checkNotNegative } from "./per-call.ts";
import { below, type EffectSite, forEachEffect, type RuleContext } from "./rule.ts";
import { isWholeUrl, reportUnknownField } from "./unknown.ts";
import { checkAmount } from "./written-value.ts";
import { checkZone } from "./zones.ts";

/** `session`: sums of number fields, kept apart by one field or by calendar period (SPEC §2, §14). */
export const session = forEachEffect((site, context) => {
  for (const [key, limit] of Object.entries(site.effect.session)) {
    const pointer = below(site.pointer, "session", key);
    if (key !== "calls") {
      const operand = summedOperand(context, site, key, pointer);
      if (operand !== undefined) {
        const max = checkAmount(context, operand.form, limit.max, below(pointer, "max"));
        checkNotNegative(context, max, limit.max, below(pointer, "max"));
      }
    }
    checkKeptApart(context, site, limit, pointer);
  }
});

/** A number that adds up over calls: a single value, a sum, a count, or the largest element. */
function summedOperand(context: RuleContext, site: EffectSite, key: string, pointer: string): Operand | undefined {
  const operand = amountOperand(context, site, "session", key, pointer);
  if (operand === undefined) return undefined;
  const reason = whyNotSummed(operand);
  if (reason === undefined) return operand;
  const params = { bound: "session", field: key, type: kindOf(operand), fits: ["perCall"], reason };
  context.report("type/bound_does_not_fit", pointer, params, { at: "key" });
  return undefined;
}

/** Why a number field cannot be summed over a session; undefined if it can. */
export function whyNotSummed(operand: Operand): string | undefined {
  const { field } = operand;
  if (isTime(operand)) return "times do not add up";
  const aggregate = "aggregate" in field ? field.aggregate : undefined;
  const isSummed = aggregate === undefined || aggregate === "sum" || aggregate === "max" || aggregate === "count";
  return isSummed ? undefined : "sessions take sum, max and count";
}

function checkKeptApart(
  context: RuleContext,
  site: EffectSite,
  limit: CallLimit | SessionLimit,
  pointer: string,
): void {
  const { perField, perPeriod, timezone } = limit;
  const { report } = context;
  if (perField !== undefined) checkPerField(context, site, perField, below(pointer, "perField"));
  if (perField !== undefined && perPeriod !== undefined) {
    const reason = `the limit is kept apart by ${quote(below(pointer, "perField"))} already`;
    report("key/not_applicable", below(pointer, "perPeriod"), { name: "perPeriod", reason }, { at: "key" });
  }
  if (perPeriod === undefined && timezone !== undefined) {
    const reason = "a time zone goes with `perPeriod`";
    report("key/not_applicable", below(pointer, "timezone"), { name: "timezone", reason }, { at: "key" });
    return;
  }
  if (perPeriod !== undefined && timezone === undefined) {
    const place = `the limit per ${perPeriod}`;
    report("key/missing", below(pointer, "timezone"), { name: "timezone", place });
  }
  if (timezone !== undefined) checkZone(context, timezone, below(pointer, "timezone"));
}

/** One value of the call by which sums are kept apart: no set, url, derived field or list of numbers. */
function checkPerField(context: RuleContext, site: EffectSite, name: string, pointer: string): void {
  const operand = operandOf(site.effect.fields, name);
  if (operand === undefined && !isWholeUrl(site, name)) {
    reportUnknownField(context, site, name, pointer, "value");
    return;
  }
  const field = operand?.field;
  if (field !== undefined && operand?.shape !== "range" && !unfitToKeepApart.has(field.type)) return;
  const type = field === undefined ? "a url" : typeOf(field);
  const fits = Object.entries(site.effect.fields)
    .filter(([, other]) => !unfitToKeepApart.has(other.type) && !("aggregate" in other && other.aggregate === "each"))
    .map(([other]) => other);
  context.report("type/bound_does_not_fit", pointer, { bound: "perField", field: name, type, fits });
}

const unfitToKeepApart: ReadonlySet<string> = new Set(["set", "url", "product", "span"]);
