/** From a plan to the source document, and to what the generator of requests must know of it. */
import type { Allow, Approval, Condition, Effect, Envelope, Field, SessionLimit } from "../../schema/envelope.ts";
import type { EffectPlan } from "./effect.ts";
import type { FieldPlan, Key, Sample } from "./fields/plan.ts";
import type { EnvelopePlan } from "./plan.ts";

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

type Room = SessionRoom["room"];
type SessionRoom = EffectPlan["session"][number];

export function buildEnvelope(plan: EnvelopePlan): Built {
  const meters = new Map<string, { max: string | number; unit?: string }>();
  const sets = new Map<string, readonly (string | number)[]>();
  const effects = plan.effects.map((effect, index) => buildEffect(effect, index, plan, meters, sets));
  const needsResults = plan.effects.some(({ fields }) => fields.some(({ produced }) => produced !== undefined));
  const results = { s: { from: "/s", type: "string" }, i: { from: "/order/i", type: "integer" } } as const;
  const first = effects[0]!;
  const documents = effects.map(({ name, effect }) => [
    name,
    needsResults && name === first.name ? { ...effect, results } : effect,
  ]);
  const notBefore = Date.parse(plan.validity.notBefore);
  const evidence = Object.fromEntries(
    plan.evidence.map(({ name, maxAgeSeconds, effects: named }) => [
      name,
      { maxAgeSeconds, ...(named ? { effects: [...new Set(named.map((each) => `e${each % effects.length}`))] } : {}) },
    ]),
  );
  const document: Envelope = {
    ambit: "1",
    id: "env_generated",
    goal: { summary: "generated" },
    issuer: "authz.example",
    principal: "agent:s7",
    mode: plan.mode,
    validity: {
      notBefore: plan.validity.notBefore,
      expiresAt: new Date(notBefore + plan.validity.lastsSeconds * 1000).toISOString(),
      maxDurationSeconds: plan.validity.maxDurationSeconds,
    },
    capabilities: ["NET_ACCESS", "FINANCIAL_ACTIONS", "IO_READ_LOCAL", "ACCOUNT_ACCESS"].filter(
      (flag) => flag !== plan.withheld,
    ),
    budgets: {
      actions: { max: plan.budgets.actions },
      ...(plan.effects.some(({ external }) => external) ? { externalCalls: { max: plan.budgets.externalCalls } } : {}),
      ...Object.fromEntries(meters),
    },
    ...(sets.size > 0 ? { sets: Object.fromEntries(Array.from(sets, ([name, list]) => [name, [...list]])) } : {}),
    defaults: { velocity: plan.defaultVelocity },
    effects: Object.fromEntries(documents),
    forbidden: [...new Map(plan.forbidden.map((entry) => [JSON.stringify(entry), entry])).values()],
    evidence,
    recovery: "manual_only",
    killSwitch: { signal: "kill/env_generated" },
  };
  return { document, effects };
}

function buildEffect(
  plan: EffectPlan,
  index: number,
  envelope: EnvelopePlan,
  meters: Map<string, { max: string | number; unit?: string }>,
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
    requires: plan.requires,
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

function keysOf(field: BuiltField): readonly BuiltKey[] {
  return field.plan.keys.map((key) => ({ field, key, name: field.name + key.suffix }));
}

const discriminators = [["a0", "z0"], [1, 2], { empty: true }] as const;

function toolsOf(
  how: string,
  index: number,
): { name: string; written: Effect["tools"][number]; args: Record<string, unknown> }[] {
  const plain = (name: string) => ({ name, written: name, args: {} });
  if (how === "one") return [plain(`tool.e${index}`)];
  if (how === "two") return [plain(`tool.e${index}`), plain(`tool.e${index}b`)];
  const values = discriminators[index] ?? [true];
  const first = "empty" in values ? {} : { action: values[0] };
  const where = { "/action": "empty" in values ? values : [...values] };
  return [
    { name: "tool.action", written: { tool: "tool.action", where }, args: first },
    plain(`tool.e${index}b`),
  ].slice(0, index === 0 ? 1 : 2);
}

function relate(plan: EffectPlan, fields: readonly BuiltField[]): BuiltEffect["relation"] {
  const related = fields.flatMap(keysOf).filter(({ key }) => key.family !== undefined && key.look !== "range");
  const left = plan.relation && pickOf(related, plan.relation.key);
  if (plan.relation === undefined || left === undefined) return undefined;
  const order = plan.relation.op === "<" || plan.relation.op === "<=";
  const op = order && left.key.look !== "number" ? "!=" : plan.relation.op;
  const twin: BuiltField = { name: `${left.field.name}twin`, plan: left.field.plan };
  return { left, op, right: { field: twin, key: left.key, name: twin.name + left.key.suffix } };
}

function tieRows(plan: EffectPlan, fields: readonly BuiltField[]) {
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
        written: distinct as Effect["rows"] extends undefined ? never : NonNullable<Effect["rows"]>[number]["oneOf"],
      },
    ];
  });
}

const lists = ["oneOf", "noneOf", "subsetOf", "disjointFrom", "under", "noneUnder"] as const;

/** The same operators with every list moved to the envelope's sets. */
function nameLists(allow: Allow, sets: Map<string, readonly (string | number)[]>): Allow {
  const moved = lists.flatMap((operator) => {
    const list = allow[operator];
    if (!Array.isArray(list)) return [];
    const set = `set${sets.size}`;
    sets.set(set, list as (string | number)[]);
    return [[operator, { set }] as const];
  });
  return { ...allow, ...Object.fromEntries(moved) };
}

/** The largest number that a kept call carries. */
function highest({ field, key }: BuiltKey): number {
  const numbers = field.plan.inside
    .map(({ decoded }) => decoded[key.suffix])
    .filter((value) => typeof value === "number");
  return Math.max(0, ...numbers);
}

function roomFor(value: number, room: Room): number {
  const maxima = { exact: value, double: 2 * value + 1, most: Number.MAX_SAFE_INTEGER, none: 0 };
  return Math.min(maxima[room], Number.MAX_SAFE_INTEGER);
}

function apart(
  how: SessionRoom["apart"],
  fields: readonly BuiltField[],
): Pick<SessionLimit, "perField" | "perPeriod" | "timezone"> {
  const plain = ["string", "host", "email", "boolean", "path", "ip", "digest"];
  const by = fields.find(({ name, plan }) => plain.includes(plan.declare(name)[""]!.type));
  if (how === "period") return { perPeriod: "day", timezone: "America/New_York" };
  return how === "field" && by ? { perField: by.name } : {};
}

function sessionsOf(
  plan: EffectPlan,
  keys: readonly BuiltKey[],
  fields: readonly BuiltField[],
): Record<string, SessionLimit> {
  const summed = keys.filter(({ key }) => key.sums !== undefined);
  return Object.fromEntries(
    plan.session.flatMap(({ key: pick, room, apart: how }) => {
      const chosen = pickOf(summed, pick);
      if (chosen === undefined) return [];
      return [[chosen.name, { max: chosen.key.write(roomFor(highest(chosen), room)), ...apart(how, fields) }]];
    }),
  );
}

function consume(
  plan: EffectPlan,
  keys: readonly BuiltKey[],
  room: Room,
  meters: Map<string, { max: string | number; unit?: string }>,
): Record<string, string | number> {
  const summed = keys.filter(({ key }) => key.sums !== undefined);
  return Object.fromEntries(
    plan.consumes.map(({ key: pick, meter, constant, fixed }) => {
      const chosen = fixed ? undefined : pickOf(summed, pick);
      const { unit, scale } = chosen?.key.sums ?? {};
      const name = `meter_${unit ?? "plain"}_${scale ?? "whole"}_${meter}`;
      const max = roomFor(chosen === undefined ? constant : highest(chosen), room);
      if (!meters.has(name)) meters.set(name, { max: chosen?.key.write(max) ?? max, ...(unit ? { unit } : {}) });
      return [name, chosen?.name ?? constant];
    }),
  );
}

function approvalOf({ approval }: EffectPlan, keys: readonly BuiltKey[]): Approval | undefined {
  if (approval === undefined) return undefined;
  const { when, ...people } = approval;
  const comparable = keys.filter(({ key }) => key.look !== "set");
  const conditions = (when ?? []).flatMap(({ key: pick, sample, by }) => {
    const chosen = pickOf(comparable, pick);
    return chosen === undefined ? [] : [[chosen.name, conditionOn(chosen, sample, by)] as const];
  });
  return conditions.length === 0 ? people : { ...people, when: Object.fromEntries(conditions) };
}

function conditionOn({ field, key }: BuiltKey, pick: number, by: readonly number[]): Condition {
  const value = pickOf([...field.plan.inside, ...field.plan.outside], pick)!.written[key.suffix] as string | number;
  const fitting = (["min", "max", "oneOf", "equals"] as const).filter((_, at) =>
    key.look === "number" ? true : key.look === "range" ? at < 2 : at >= 2,
  );
  const chosen = new Set(by.map((each) => pickOf(fitting, each)!));
  return Object.fromEntries(Array.from(chosen, (operator) => [operator, operator === "oneOf" ? [value] : value]));
}
