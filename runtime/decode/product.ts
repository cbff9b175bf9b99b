import type { Field, Fields } from "../../schema/envelope.ts";

/** A field that multiplies others. */
export interface ProductPlan {
  readonly name: string;
  readonly operands: readonly string[];
  /** The digits after the point of the product of the operands, minus those that it keeps. */
  readonly surplus: number;
}

/** The products of an effect, operands before what is made of them; one that contains itself comes last, without an operand to stand on. */
export function planProducts(fields: Fields): ProductPlan[] {
  const plans: ProductPlan[] = [];
  const visited = new Set<string>();
  for (const name of Object.keys(fields)) visit(name);
  return plans;

  function visit(name: string): void {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field?.type !== "product" || visited.has(name)) return;
    visited.add(name);
    for (const operand of field.of) visit(operand);
    const scale = field.of.reduce(
      (sum, operand) => sum + scaleOf(Object.hasOwn(fields, operand) ? fields[operand] : undefined),
      0,
    );
    plans.push({ name, operands: field.of, surplus: scale - field.scale });
  }
}

/** The product in minor units of its own scale; undefined if it needs rounding or exceeds 2^53-1 in magnitude. */
export function multiply(operands: readonly number[], surplus: number): number | undefined {
  // Exact: what lies between may exceed 2^53.
  let product = operands.reduce((left, right) => left * BigInt(right), 1n);
  const unit = 10n ** BigInt(Math.abs(surplus));
  if (surplus > 0 && product % unit !== 0n) return undefined;
  product = surplus > 0 ? product / unit : product * unit;
  const value = Number(product);
  return Number.isSafeInteger(value) ? value : undefined;
}

function scaleOf(field: Field | undefined): number {
  if (field?.type === "product") return field.scale;
  return field?.type === "decimal" && field.aggregate !== "count" ? field.scale : 0;
}
