/** A field of any type, sometimes optional. */
import fc from "fast-check";
import type { Field } from "../../../schema/envelope.ts";
import { productPlan, spanPlan } from "./derived.ts";
import { namePlan } from "./names.ts";
import { decimalPlan, integerPlan, lengthPlan } from "./numbers.ts";
import { type FieldPlan, withDefault } from "./plan.ts";
import { setPlan } from "./sets.ts";
import { booleanPlan, digestPlan, stringPlan } from "./texts.ts";
import { datePlan, datetimePlan, timestampPlan } from "./times.ts";
import { urlPlan } from "./urls.ts";

const plans: Readonly<Record<Field["type"], fc.Arbitrary<FieldPlan>>> = {
  integer: integerPlan,
  decimal: decimalPlan,
  string: stringPlan,
  boolean: booleanPlan,
  set: setPlan,
  host: namePlan("host"),
  url: urlPlan,
  date: datePlan,
  datetime: datetimePlan,
  timestamp: timestampPlan,
  span: spanPlan,
  product: productPlan,
  length: lengthPlan,
  digest: digestPlan,
  email: namePlan("email"),
  path: namePlan("path"),
  ip: namePlan("ip"),
  cidr: namePlan("cidr"),
};

const frequent: Partial<Record<Field["type"], number>> = { integer: 4, decimal: 3, string: 3, set: 4, host: 2 };

const ofAnyType = fc.oneof(
  ...Object.entries(plans).map(([type, arbitrary]) => ({ arbitrary, weight: frequent[type as Field["type"]] ?? 1 })),
);

export const fieldPlan: fc.Arbitrary<FieldPlan> = fc
  .record({
    plan: fc.oneof(
      { arbitrary: ofAnyType.filter(({ possible }) => possible), weight: 30 },
      { arbitrary: ofAnyType, weight: 1 },
    ),
    optional: fc.nat({ max: 5 }),
  })
  .map(({ plan, optional }) => (optional === 5 && canBeLeftOut(plan) ? withDefault(plan) : plan));

/** A default is written as in a bound, so a decimal as a string. */
function canBeLeftOut(plan: FieldPlan): boolean {
  const declared = plan.declare("f")[""];
  const [first] = plan.inside;
  const decimalNumber = declared?.type === "decimal" && typeof first?.sent[""] === "number";
  return (
    declared !== undefined &&
    !decimalNumber &&
    "from" in declared &&
    !declared.from.includes("*") &&
    first !== undefined &&
    Object.keys(first.sent).join() === ""
  );
}
