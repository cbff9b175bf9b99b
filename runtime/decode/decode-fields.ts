import { bare } from "../../schema/json/bare.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import type { FieldValue, FieldValues } from "../../schema/request.ts";
import type { UrlValue } from "../../schema/values/url.ts";
import { Defaults } from "./defaults.ts";
import type { Failures } from "./failures.ts";
import type { CallPlan } from "./plan.ts";
import { multiply, type ProductPlan } from "./product.ts";
import { readField } from "./read-field.ts";
import { rowText } from "./rows.ts";

export interface DecodedFields {
  readonly fields: FieldValues;
  /** The arguments to execute, defaults filled in. */
  readonly args: unknown;
}

/** Every field, product and row of a call. What it answers holds only if no failure was reported. */
export function decodeFields(plan: CallPlan, args: JsonNode, failures: Failures): DecodedFields {
  const values = new Map<string, FieldValue>();
  const failed = new Set<string>();
  const defaults = new Defaults();
  for (const field of plan.fields) {
    const value = readField(field, { args, defaults, failures });
    if (value === undefined) failed.add(field.name);
    else enter(values, field.name, value);
  }
  for (const product of plan.products) {
    const value = readProduct(product, values, failed, failures);
    if (value === undefined) failed.add(product.name);
    else values.set(product.name, value);
  }
  if (failed.size > 0 && !failures.any) failures.addWhole(`cannot decode ${[...failed].join(", ")}`);
  if (failures.any) return { fields: Object.create(null), args: undefined };
  plan.rows.forEach((keys, i) => {
    const row = rowText(keys, values);
    if (row !== undefined) values.set(`rows/${i}`, row);
  });
  return { fields: inOrder(values), args: defaults.fill(args) };
}

/** A url is judged part by part. */
function enter(values: Map<string, FieldValue>, name: string, value: FieldValue | UrlValue): void {
  if (typeof value !== "object" || !("scheme" in value)) {
    values.set(name, value);
    return;
  }
  values.set(`${name}.scheme`, value.scheme);
  values.set(`${name}.host`, value.host);
  values.set(`${name}.port`, value.port);
  values.set(`${name}.path`, value.path);
}

/** Silent where an operand has failed already. */
function readProduct(
  { name, operands, surplus }: ProductPlan,
  values: ReadonlyMap<string, FieldValue>,
  failed: ReadonlySet<string>,
  failures: Failures,
): number | undefined {
  if (operands.some((operand) => failed.has(operand))) return undefined;
  const numbers = operands.map((operand) => values.get(operand)).filter((value) => typeof value === "number");
  const product = numbers.length === operands.length ? multiply(numbers, surplus) : undefined;
  if (product === undefined) failures.addWhole(`the product \`${name}\` overflows, or does not fit its scale`);
  return product;
}

function inOrder(values: ReadonlyMap<string, FieldValue>): FieldValues {
  const fields = bare<FieldValue>();
  for (const [key, value] of [...values].sort(([a], [b]) => codePointCompare(a, b))) fields[key] = value;
  return fields;
}
