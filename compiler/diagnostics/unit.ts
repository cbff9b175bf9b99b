import type { Family } from "./entry.ts";
import { quote } from "./quote.ts";

export interface Mismatch {
  readonly found: string | undefined;
  readonly expected: string | undefined;
  /** Where the other one is written. */
  readonly other: string;
}

const unitText = (unit: string | undefined) => (unit === undefined ? "no unit" : `unit ${quote(unit)}`);

/** Units or scales do not agree. */
export const unit = {
  "unit/mismatch": {
    severity: "error",
    summary: "two magnitudes that are compared or added have different units",
    message: ({ found, expected, other }: Mismatch) =>
      `${unitText(found)} here, ${unitText(expected)} at ${quote(other)}: both must be the same, or absent`,
    example: [{ op: "replace", path: "/budgets/spend/unit", value: "EUR" }],
  },
  "unit/scale_mismatch": {
    severity: "error",
    summary: "two magnitudes that are compared or added have different scales",
    message: ({
      found,
      expected,
      other,
    }: {
      readonly found: number | undefined;
      readonly expected: number | undefined;
      readonly other: string;
    }) => `${scaleText(found)} here, ${scaleText(expected)} at ${quote(other)}: one meter or relation has one scale`,
    example: [
      {
        op: "add",
        path: "/effects/list_payments/fields/fee",
        value: { from: "/fee", type: "decimal", scale: 3, unit: "USD" },
      },
      { op: "add", path: "/effects/list_payments/perCall/fee", value: { max: "1.000" } },
      { op: "add", path: "/effects/list_payments/consumes", value: { spend: "fee" } },
    ],
  },
  "unit/constant_on_measured_meter": {
    severity: "error",
    summary: "a constant cost feeds a meter with a unit",
    message: ({ unit, other }: { readonly unit: string; readonly other: string }) =>
      `a constant cost has no unit, the meter at ${quote(other)} has ${quote(unit)}`,
    example: [{ op: "add", path: "/effects/list_payments/consumes", value: { spend: 1 } }],
  },
} satisfies Family;

function scaleText(scale: number | undefined): string {
  return scale === undefined ? "whole numbers" : `${scale} digit${scale === 1 ? "" : "s"} after the point`;
}
