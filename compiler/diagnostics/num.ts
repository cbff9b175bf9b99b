import type { Family } from "./entry.ts";
import { escapeText, quote } from "./quote.ts";

/** A number is not written as it must be, or out of range. */
export const num = {
  "num/not_an_integer": {
    severity: "error",
    summary: "a whole number is expected, in plain digits",
    message: ({ text, meant }: { readonly text: string; readonly meant?: string }) =>
      `${quote(text)} is not an integer in plain digits${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`,
    help: "an integer is written without point, exponent or sign of zero; a decimal as a string",
    fix: "safe",
    example: { find: '"maxDurationSeconds": 36000', put: '"maxDurationSeconds": 36000.0' },
  },
  "num/out_of_range": {
    severity: "error",
    summary: "a number is below its least or above its greatest value",
    message: ({ text, limit }: { readonly text: string; readonly limit: string }) =>
      `${escapeText(text)} is out of range: ${limit}`,
    example: [{ op: "replace", path: "/validity/maxDurationSeconds", value: 315360001 }],
  },
  "num/not_a_decimal_string": {
    severity: "error",
    summary: "a decimal is written as a string in plain digits",
    message: ({ found, meant }: { readonly found: string; readonly meant?: string }) =>
      `a decimal is written as a string such as \`"500.00"\`, found ${found}${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`,
    help: "JSON numbers lose digits on the way; no exponent, no leading zeros, no `-0`",
    fix: "safe",
    example: [{ op: "replace", path: "/effects/pay/perCall/amount/max", value: 100 }],
  },
  "num/too_many_digits": {
    severity: "error",
    summary: "a decimal has more digits after the point than its field's scale",
    message: ({ text, scale }: { readonly text: string; readonly scale: number }) =>
      `${quote(text)} has more than ${scale} digit${scale === 1 ? "" : "s"} after the point, the scale of its field`,
    example: [{ op: "replace", path: "/effects/pay/perCall/amount/max", value: "100.001" }],
  },
  "num/negative": {
    severity: "error",
    summary: "a limit or cost is negative",
    message: ({ text }: { readonly text: string }) => `${quote(text)} is negative: limits and costs are 0 or more`,
    example: [{ op: "replace", path: "/budgets/spend/max", value: "-1.00" }],
  },
  "num/min_above_max": {
    severity: "error",
    summary: "the least is greater than the greatest",
    message: ({
      min,
      max,
      other,
      implied,
    }: {
      readonly min: string;
      readonly max: string;
      readonly other?: string;
      readonly implied?: boolean;
    }) =>
      implied
        ? `max ${quote(max)} is below the min ${min} that holds where none is written`
        : `min ${quote(min)} is above max ${quote(max)}${other === undefined ? "" : ` at ${quote(other)}`}`,
    example: [{ op: "add", path: "/effects/pay/perCall/amount/min", value: "100.01" }],
  },
  "num/product_may_not_fit": {
    severity: "warning",
    summary: "a product has a smaller scale than its factors together",
    message: ({ scale, sum }: { readonly scale: number; readonly sum: number }) =>
      `the factors have ${sum} digits after the point together, the product only ${scale}: a call whose product needs more is refused`,
    example: [
      { op: "add", path: "/effects/pay/fields/square", value: { type: "product", of: ["amount", "amount"], scale: 2 } },
      { op: "add", path: "/effects/pay/perCall/square", value: { max: "100.00" } },
    ],
  },
} satisfies Family;
