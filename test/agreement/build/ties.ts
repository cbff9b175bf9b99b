/** Rows and relations between the fields of an effect. */
import type { Row } from "../../../schema/envelope.ts";
import type { EffectPlan } from "../effect.ts";
import { type BuiltEffect, type BuiltField, keysOf, pickOf } from "./built.ts";

/** Relates a field to a twin of it, by the wanted operator if any two values satisfy it. */
export function relate(plan: EffectPlan, fields: readonly BuiltField[]): BuiltEffect["relation"] {
  const relatable = fields.flatMap(keysOf).filter(({ key }) => key.family !== undefined && key.look !== "range");
  const left = plan.relation && pickOf(relatable, plan.relation.key);
  if (plan.relation === undefined || left === undefined) return undefined;
  const order = plan.relation.op === "<" || plan.relation.op === "<=";
  const wanted = order && left.key.look !== "number" ? "!=" : plan.relation.op;
  const values = left.field.plan.inside.map(({ canonical }) => canonical[left.key.suffix]);
  const op = values.some((one) => values.some((other) => related(one, wanted, other))) ? wanted : "==";
  const twin: BuiltField = { name: `${left.field.name}twin`, plan: left.field.plan };
  return { left, op, right: { field: twin, key: left.key, name: twin.name + left.key.suffix } };
}

export function related(a: unknown, op: "==" | "!=" | "<" | "<=", b: unknown): boolean {
  const same = JSON.stringify(a) === JSON.stringify(b);
  const less = typeof a === "number" && typeof b === "number" && a < b;
  return { "==": same, "!=": !same, "<": less, "<=": less || same }[op];
}

/** No field takes part in two lists, so that one call can be in a row of each. */
export function tieRows(plan: EffectPlan, fields: readonly BuiltField[]) {
  const taken = new Set<BuiltField>();
  return plan.rows.flatMap(({ keys, tuples, only }) => {
    const free = fields
      .filter((field) => !taken.has(field))
      .flatMap(keysOf)
      .filter(({ key }) => key.look !== "range");
    const tied = [...new Set(keys.flatMap((pick) => pickOf(free, pick) ?? []))];
    if (tied.length === 0) return [];
    for (const { field } of tied) taken.add(field);
    const samples = tuples.map(
      (pick) => new Map(tied.map(({ field }, at) => [field, pickOf(field.plan.inside, pick + (at % 2) * (pick % 3))!])),
    );
    const written = samples.map((tuple) => tied.map(({ field, key }) => tuple.get(field)!.written[key.suffix]!));
    const distinct = [...new Map(written.map((row) => [JSON.stringify(row), row])).values()];
    return [
      {
        keys: tied,
        tuples: samples,
        only,
        written: distinct as Row[],
      },
    ];
  });
}
