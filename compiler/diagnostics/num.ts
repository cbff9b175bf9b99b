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
} satisfies Family;
