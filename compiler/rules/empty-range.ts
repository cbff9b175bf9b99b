import { readCandidate } from "./constraints.ts";
import { freeDecimal } from "./written-value.ts";

/** Whether no amount is at least the one and at most the other; false where one is not written, or cannot be read. */
export function emptyRange(least: unknown, most: unknown): boolean {
  const [from, to] = [amountOf(least, most), amountOf(most, least)];
  return from !== undefined && to !== undefined && from > to;
}

/** Decimals with as many digits after the point as both need. */
function amountOf(written: unknown, other: unknown): number | undefined {
  const forms = typeof written === "string" ? [freeDecimal(written), freeDecimal(other)] : [];
  const scale = Math.max(0, ...forms.map((form) => (form.is === "decimal" ? form.scale : 0)));
  const form = typeof written === "string" ? ({ is: "decimal", scale } as const) : ({ is: "integer" } as const);
  const value = typeof written === typeof other ? readCandidate(form, written)?.value : undefined;
  return typeof value === "number" ? value : undefined;
}
