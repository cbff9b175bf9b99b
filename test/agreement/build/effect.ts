/** From the plan of one effect to its block of the document. */
import type { Effect, Field } from "../../../schema/envelope.ts";
import type { EffectPlan } from "../effect.ts";
import type { EnvelopePlan } from "../plan.ts";
import { approvalOf } from "./approval.ts";
import { type BuiltEffect, type BuiltField, keysOf } from "./built.ts";
import { nameLists } from "./lists.ts";
import { apart, consume, type Meter, sessionsOf } from "./meters.ts";
import { relate, tieRows } from "./ties.ts";
import { toolsOf } from "./tools.ts";

export function buildEffect(
  plan: EffectPlan,
  index: number,
  envelope: EnvelopePlan,
  meters: Map<string, Meter>,
  sets: Map<string, readonly (string | number)[]>,
): BuiltEffect {
  const primary = plan.fields.map((field, at): BuiltField => ({ name: `f${at}`, plan: field }));
  const relation = relate(plan, primary);
  const fields = relation === undefined ? primary : [...primary, relation.right.field];
  const keys = fields.flatMap(keysOf);
  const rows = tieRows(plan, primary);
  const rowsOnly = new Set(rows.flatMap((row) => (row.only ? row.keys.map(({ field }) => field) : [])));
  const tools = toolsOf(plan.tools, index);
  const allow = Object.fromEntries(
    fields
      .filter((field) => !(field.plan.rowsSuffice && rowsOnly.has(field)))
      .flatMap(({ name, plan: { allow } }) =>
        Object.entries(allow).map(([suffix, each]) => [name + suffix, each] as const),
      )
      .map(([key, each]) => [key, plan.named ? nameLists(each, sets) : each]),
  );
  const perCall = Object.fromEntries(
    fields.flatMap(({ name, plan: { perCall } }) =>
      Object.entries(perCall).map(([suffix, each]) => [name + suffix, each]),
    ),
  );
  const consumes = consume(plan, keys, envelope.budgets.room, meters);
  const approval = approvalOf(plan, keys);
  const effect: Effect = {
    tools: tools.map(({ written }) => written),
    external: plan.external,
    ...(plan.external ? { channel: plan.channel } : {}),
    ...(plan.tags.length > 0 ? { tags: plan.tags } : {}),
    requires: plan.dead ? [...plan.requires, "MODEL_CALL_LOCAL"] : plan.requires,
    fields: Object.fromEntries(
      fields.flatMap(({ name, plan: { declare } }) =>
        Object.entries(declare(name)).map(([suffix, field]): [string, Field] => [name + suffix, field]),
      ),
    ),
    ...(plan.ignored ? { ignored: ["/comment", "/notes/why"] } : {}),
    ...(plan.absent ? { absent: ["/override"] } : {}),
    ...(Object.keys(allow).length > 0 ? { allow } : {}),
    ...(Object.keys(perCall).length > 0 ? { perCall } : {}),
    ...(rows.length > 0
      ? { rows: rows.map(({ keys, written }) => ({ fields: keys.map(({ name }) => name), oneOf: written })) }
      : {}),
    ...(relation ? { relations: [{ left: relation.left.name, op: relation.op, right: relation.right.name }] } : {}),
    session: {
      calls: { max: plan.calls.max, ...apart(plan.calls.apart.apart, fields) },
      ...sessionsOf(plan, keys, fields),
    },
    ...(plan.velocity ? { velocity: plan.velocity } : {}),
    ...(Object.keys(consumes).length > 0 ? { consumes } : {}),
    ...(plan.after.length > 0
      ? {
          after: plan.after.map(({ effect, withinSeconds }) => ({
            effect: `e${effect % envelope.effects.length}`,
            withinSeconds,
          })),
        }
      : {}),
    ...(plan.schedule ? { schedule: plan.schedule } : {}),
    ...(approval ? { approval } : {}),
    ...(plan.external && fields.length === 0 ? { unjudged: "takes no arguments" } : {}),
    ...(plan.justification ? { justification: plan.justification } : {}),
  };
  return { name: `e${index}`, effect, tools, fields, rows, relation };
}
