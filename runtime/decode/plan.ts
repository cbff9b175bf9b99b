import type { DiscriminatedTool, Effect, Envelope, Field } from "../../schema/envelope.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { branch, type ClaimTree, emptyTree } from "./claims.ts";
import { type FieldPlan, planField } from "./field.ts";
import { type ProductPlan, planProducts } from "./product.ts";
import type { DiscriminatorPlan } from "./select.ts";

/** How the calls of one tool that reach one effect are decoded. */
export interface CallPlan {
  readonly effect: string;
  readonly where: readonly DiscriminatorPlan[];
  readonly claims: ClaimTree;
  /** By name, in code point order. */
  readonly fields: readonly FieldPlan[];
  /** Operands first. */
  readonly products: readonly ProductPlan[];
  /** For each row, the keys tied together. */
  readonly rows: readonly (readonly string[])[];
}

/** By tool name. */
export type CallPlans = ReadonlyMap<string, readonly CallPlan[]>;

export function planCalls(envelope: Envelope): CallPlans {
  const plans = new Map<string, CallPlan[]>();
  for (const [name, effect] of Object.entries(envelope.effects)) {
    const fields = planFields(effect);
    const products = planProducts(effect.fields);
    const rows = (effect.rows ?? []).map((row) => row.fields);
    for (const entry of effect.tools) {
      const { tool, where } = typeof entry === "string" ? { tool: entry, where: [] } : planWhere(entry);
      const claims = planClaims(effect, where);
      const known = plans.get(tool) ?? [];
      known.push({ effect: name, where, claims, fields, products, rows });
      plans.set(tool, known);
    }
  }
  return plans;
}

function planFields(effect: Effect): FieldPlan[] {
  return Object.entries(effect.fields)
    .sort(([a], [b]) => codePointCompare(a, b))
    .flatMap(([name, field]) => planField(name, field, isJudgedByUnder(effect, name)) ?? []);
}

function planWhere({ tool, where }: DiscriminatedTool): { tool: string; where: DiscriminatorPlan[] } {
  return {
    tool,
    where: Object.entries(where).map(([pointer, discriminator]) => ({ tokens: parsePointer(pointer), discriminator })),
  };
}

function planClaims(effect: Effect, where: readonly DiscriminatorPlan[]): ClaimTree {
  const tree = emptyTree();
  for (const field of Object.values(effect.fields)) {
    for (const pointer of pointersOf(field)) branch(tree, parsePointer(pointer)).claimed = true;
  }
  for (const pointer of effect.ignored ?? []) branch(tree, parsePointer(pointer)).claimed = true;
  for (const pointer of effect.absent ?? []) branch(tree, parsePointer(pointer)).absent = true;
  for (const { tokens } of where) branch(tree, tokens).claimed = true;
  return tree;
}

function pointersOf(field: Field): readonly string[] {
  if (field.type === "product") return [];
  return field.type === "span" ? [field.from, field.until] : [field.from];
}

function isJudgedByUnder({ allow }: Effect, field: string): boolean {
  return allow !== undefined && Object.hasOwn(allow, field) && allow[field]?.under !== undefined;
}
