import type { Budget } from "../../schema/envelope.ts";
import type { Form } from "../operands.ts";
import { type Feeder, feedersOf, selfFed } from "./meters.ts";
import { checkNotNegative } from "./per-call.ts";
import { below, type Rule, type RuleContext } from "./rule.ts";
import { checkAmount, freeDecimal, numberText } from "./written-value.ts";

/** Meters: fed by something, in one unit and one scale, with a maximum of that scale that is not negative (SPEC §2). */
export const budgets: Rule = (envelope, context) => {
  const feeders = feedersOf(envelope);
  for (const [meter, budget] of Object.entries(envelope.budgets)) {
    if (budget === undefined || selfFed.has(meter)) continue;
    const pointer = below("/budgets", meter);
    const own = feeders.filter((feeder) => feeder.meter === meter);
    if (own.length === 0) context.report("ref/unfed_meter", pointer, { name: meter }, { at: "key" });
    checkUnits(context, budget, own, pointer);
    const scaleBy = checkScales(context, budget, own);
    checkMax(context, budget, scaleBy, own.length > 0, below(pointer, "max"));
  }
};

function checkUnits({ report }: RuleContext, budget: Budget, feeders: readonly Feeder[], pointer: string): void {
  for (const { operand, cost, pointer: place } of feeders) {
    if (operand !== undefined && operand.unit !== budget.unit) {
      const params = {
        found: operand.unit,
        expected: budget.unit,
        other: budget.unit === undefined ? pointer : below(pointer, "unit"),
      };
      report("unit/mismatch", place, params);
    } else if (typeof cost === "number" && budget.unit !== undefined) {
      report("unit/constant_on_measured_meter", place, { unit: budget.unit, other: below(pointer, "unit") });
    }
  }
}

/** The first feeder, whose scale the meter has; every other of another scale is reported. */
function checkScales({ report }: RuleContext, { unit }: Budget, feeders: readonly Feeder[]): Feeder | undefined {
  // A feeder of another unit is reported as that, and says nothing about how amounts are written.
  const readable = feeders.filter(({ operand, cost }) =>
    operand === undefined ? typeof cost === "number" && unit === undefined : operand.unit === unit,
  );
  const [first, ...others] = readable;
  if (first === undefined) return undefined;
  for (const feeder of others) {
    if (feeder.operand?.scale === first.operand?.scale) continue;
    const params = { found: feeder.operand?.scale, expected: first.operand?.scale, other: first.pointer };
    report("unit/scale_mismatch", feeder.pointer, params);
  }
  return first;
}

/** Where nothing readable feeds the meter, any integer or decimal will do. */
function checkMax(
  context: RuleContext,
  { max }: Budget,
  feeder: Feeder | undefined,
  isFed: boolean,
  pointer: string,
): void {
  if (feeder === undefined && isFed) return;
  const amount = checkAmount(context, feeder?.operand?.form ?? freeForm(context, feeder, max, pointer), max, pointer);
  checkNotNegative(context, amount, max, pointer);
}

function freeForm(context: RuleContext, feeder: Feeder | undefined, max: Budget["max"], pointer: string): Form {
  const isWhole =
    feeder !== undefined || (typeof max === "number" && Number.isInteger(Number(numberText(context, pointer, max))));
  return isWhole ? { is: "integer" } : freeDecimal(max);
}
