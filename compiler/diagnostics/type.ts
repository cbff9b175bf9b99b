import type { Family } from "./entry.ts";
import { quote, quoteList } from "./quote.ts";

export interface Misfit {
  /** The bound or operator, as it is written. */
  readonly bound: string;
  readonly field: string;
  /** What the field is, with its article. */
  readonly type: string;
  /** What fits instead. */
  readonly fits: readonly string[];
  readonly reason?: string;
}

/** A value is of the wrong kind. */
export const type = {
  "type/wrong_type": {
    severity: "error",
    summary: "a value of another type is expected",
    message: ({ expected, found }: { readonly expected: string; readonly found: string }) =>
      `expected ${expected}, found ${found}`,
    fix: "safe",
    example: [{ op: "replace", path: "/effects/pay/tools", value: "bank.pay" }],
  },
  "type/bound_does_not_fit": {
    severity: "error",
    summary: "a bound is written on a field of a type that it cannot judge",
    message: ({ bound, field, type, fits, reason }: Misfit) =>
      `${quote(bound)} does not fit ${quote(field)}, ${type}${reason === undefined ? "" : ` (${reason})`}; ${
        fits.length === 0 ? "nothing of this kind fits it" : `what fits: ${quoteList(fits)}`
      }`,
    example: [{ op: "add", path: "/effects/pay/allow/payee/under", value: ["acme"] }],
  },
  "type/aggregate_does_not_fit": {
    severity: "error",
    summary: "a field reaches several values, or one, and its type or aggregate is for the other",
    message: ({ reason }: { readonly reason: string }) => reason,
    help: "with `*` in `from`, numbers and lengths need an `aggregate` and sets collect; without it there is one value",
    example: [{ op: "add", path: "/effects/pay/fields/amount/aggregate", value: "sum" }],
  },
  "type/not_comparable": {
    severity: "error",
    summary: "a relation is between fields that cannot be compared so",
    message: ({ left, right, op, reason }: Record<"left" | "right" | "op" | "reason", string>) =>
      `${quote(left)} ${op} ${quote(right)} cannot be judged: ${reason}`,
    example: [{ op: "add", path: "/effects/pay/relations", value: [{ left: "payee", op: "!=", right: "amount" }] }],
  },
  "type/factor_does_not_fit": {
    severity: "error",
    summary: "a product is made of something that is no number",
    message: ({ field, type }: { readonly field: string; readonly type: string }) =>
      `${quote(field)} is ${type}: a product is made of integers, decimals, lengths and spans with one value each`,
    example: [
      { op: "add", path: "/effects/pay/fields/total", value: { type: "product", of: ["amount", "payee"], scale: 2 } },
      { op: "add", path: "/effects/pay/perCall/total", value: { max: "100.00" } },
    ],
  },
  "type/result_does_not_fit": {
    severity: "error",
    summary: "the result that `producedBy` names is of another type than the field",
    message: ({ result, found, expected }: Record<"result" | "found" | "expected", string>) =>
      `${quote(result)} is ${found}, the field needs ${expected}`,
    example: [
      { op: "add", path: "/effects/list_payments/results", value: { last: { from: "/last", type: "integer" } } },
      { op: "add", path: "/effects/pay/allow/payee/producedBy", value: "list_payments/last" },
    ],
  },
  "type/row_length": {
    severity: "error",
    summary: "a row has more or fewer values than there are fields",
    message: ({
      found,
      expected,
      other,
    }: {
      readonly found: number;
      readonly expected: number;
      readonly other: string;
    }) =>
      `${found} value${found === 1 ? "" : "s"} for the ${expected} field${expected === 1 ? "" : "s"} at ${quote(other)}`,
    example: [{ op: "add", path: "/effects/pay/rows", value: [{ fields: ["payee"], oneOf: [["acme", "globex"]] }] }],
  },
} satisfies Family;
