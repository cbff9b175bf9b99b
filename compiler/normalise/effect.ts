/** The bounds that one effect writes. */
import type { Effect, Envelope, PerCall, Relation, Rows } from "../../schema/envelope.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { Bound, BoundsByKind, Cost, EffectKind, NormalisedEffect } from "../../schema/normalised.ts";
import { type Form, type Operand, operandOf } from "../operands.ts";
import { normaliseAllow } from "./allow.ts";
import { normaliseWhen } from "./approval.ts";
import { byId, group, members } from "./maps.ts";
import { normaliseSchedule } from "./schedule.ts";
import { canonicalOf, named, numberOf } from "./values.ts";

/** The two keys that a proposed external effect needs (SPEC §3). */
const channelKeys = 2;

export function normaliseEffect(name: string, effect: Effect, envelope: Envelope): NormalisedEffect {
  const at = (path: string) => `effects/${name}/${path}`;
  const operand = (key: string) => known(effect, key);
  const { schedule, approval } = effect;
  const when = normaliseWhen(approval?.when, operand);
  const velocity = effect.velocity ?? envelope.defaults?.velocity ?? [];
  return {
    tools: members(effect.tools.map((tool) => (typeof tool === "string" ? tool : tool.tool))),
    bounds: group<BoundsByKind<EffectKind>>({
      requires: byId(
        [...new Set(effect.requires)].map((flag) => ({
          id: at(`requires/${flag}`),
          holds: envelope.capabilities.includes(flag),
        })),
      ),
      mode: effect.external ? [{ id: "mode", holds: envelope.mode === "window" }] : [],
      allow: byId(
        Object.entries(effect.allow ?? {}).map(([key, bound]) => ({
          id: at(`allow/${key}`),
          ...named(operand(key)),
          operators: normaliseAllow(operand(key), bound, envelope),
        })),
      ),
      rows: byId((effect.rows ?? []).map((rows, i) => normaliseRows(at(`rows/${i}`), `rows/${i}`, rows, operand))),
      relations: byId(
        (effect.relations ?? []).map((relation, i) => normaliseRelation(at(`relations/${i}`), relation, operand)),
      ),
      perCall: byId(
        Object.entries(effect.perCall ?? {}).map(([key, bound]) =>
          normalisePerCall(at(`per_call/${key}`), operand(key), bound),
        ),
      ),
      session: byId(
        Object.entries(effect.session).map(([key, limit]) => ({
          id: at(`session/${key}`),
          ...sessionLimit(effect, key, limit?.max),
        })),
      ),
      budget: byId(budgets(effect, envelope)),
      velocity: byId(velocity.map(({ max }, i) => ({ id: at(`velocity/${i}`), max }))),
      after: byId(
        (effect.after ?? []).map((after, i) => ({
          id: at(`after/${i}`),
          effect: after.effect,
          within: after.withinSeconds * 1000,
        })),
      ),
      schedule: schedule === undefined ? [] : [normaliseSchedule(at("schedule"), schedule)],
      justification: effect.justification === "required" ? [{ id: at("justification") }] : [],
      approval:
        approval === undefined
          ? []
          : [{ id: at("approval"), keys: approval.keys, ...(when === undefined ? {} : { when }) }],
      channel: effect.external && effect.channel !== "execute" ? [{ id: at("channel"), keys: channelKeys }] : [],
    }),
  };
}

function known(effect: Effect, key: string): Operand {
  const operand = operandOf(effect.fields, key);
  if (operand === undefined) throw new TypeError(`the rules let a bound on ${JSON.stringify(key)} pass`);
  return operand;
}

function normalisePerCall(id: string, operand: Operand, { min, max }: PerCall): Bound<"perCall"> {
  return {
    id,
    ...named(operand),
    min: min === undefined ? 0 : numberOf(operand.form, min),
    max: numberOf(operand.form, max),
  };
}

function normaliseRelation(
  id: string,
  { left, op, right }: Relation,
  operand: (key: string) => Operand,
): Bound<"relations"> {
  return { id, left, op, right, shape: operand(left).shape };
}

/** Each row as the JCS of its canonical values: what the decoder hands over for the same fields. */
function normaliseRows(
  id: string,
  field: string,
  { fields, oneOf }: Rows,
  operand: (key: string) => Operand,
): Bound<"rows"> {
  const forms = fields.map((key) => operand(key).form);
  const cell = (form: Form | undefined, written: Rows["oneOf"][number][number]) => {
    if (form === undefined) throw new TypeError("the rules let a row pass that is longer than its fields");
    return Array.isArray(written) ? written.map((element) => canonicalOf(form, element)) : canonicalOf(form, written);
  };
  return {
    id,
    field,
    oneOf: members(oneOf.map((row) => canonicalJson(row.map((written, i) => cell(forms[i], written))))),
  };
}

function sessionLimit(effect: Effect, key: string, max: unknown): { readonly max: number; readonly cost: Cost } {
  if (key === "calls") return { max: Number(max), cost: { constant: 1 } };
  return { max: numberOf(known(effect, key).form, max), cost: { field: key } };
}

function budgets(effect: Effect, { budgets }: Envelope): readonly Bound<"budget">[] {
  const one: Cost = { constant: 1 };
  const fed = Object.entries(effect.consumes ?? {}).map(([meter, source]) => {
    const [form, cost]: [Form, Cost] =
      typeof source === "string"
        ? [known(effect, source).form, { field: source }]
        : [{ is: "integer" }, { constant: source }];
    return { id: `budgets/${meter}`, max: numberOf(form, budgets[meter]?.max), cost };
  });
  const counted = { id: "budgets/actions", max: budgets.actions.max, cost: one };
  const external = effect.external
    ? [{ id: "budgets/externalCalls", max: budgets.externalCalls?.max ?? 0, cost: one }]
    : [];
  return [counted, ...external, ...fed];
}
