/** What the generator of requests must know of a generated envelope. */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import type { FieldPlan, Key, Sample } from "../fields/plan.ts";

export interface BuiltField {
  readonly name: string;
  readonly plan: FieldPlan;
}

export interface BuiltKey {
  readonly field: BuiltField;
  readonly key: Key;
  /** The key in `request.fields`. */
  readonly name: string;
}

export interface BuiltEffect {
  readonly name: string;
  readonly effect: Effect;
  /** Each tool, and the discriminator arguments that reach the effect through it. */
  readonly tools: readonly { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[];
  readonly fields: readonly BuiltField[];
  readonly rows: readonly {
    readonly keys: readonly BuiltKey[];
    /** For each tuple, the sample of each field that takes part. */
    readonly tuples: readonly ReadonlyMap<BuiltField, Sample>[];
  }[];
  readonly relation:
    | { readonly left: BuiltKey; readonly op: "==" | "!=" | "<" | "<="; readonly right: BuiltKey }
    | undefined;
}

export interface Built {
  readonly document: Envelope;
  readonly effects: readonly BuiltEffect[];
}

/** One of the list, whatever the number. */
export function pickOf<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % list.length];
}

export function keysOf(field: BuiltField): readonly BuiltKey[] {
  return field.plan.keys.map((key) => ({ field, key, name: field.name + key.suffix }));
}
