/** A request while it is being made up: the calls that keep every bound as far as they can, before anything is spoilt. */
import type { After } from "../../schema/envelope.ts";
import { operandOf } from "../../schema/reference/operand.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { Built, BuiltEffect, BuiltField } from "./build/built.ts";
import { pickOf } from "./build/built.ts";
import { related } from "./build/ties.ts";
import type { Sample } from "./fields/plan.ts";
import { produced } from "./fields/produced.ts";

/** The call: which sample each field sends. */
export interface Call {
  readonly tool: string;
  readonly args: Record<string, unknown>;
  readonly samples: Map<BuiltField, Sample>;
}

/** Where the facts stand: at the edge of what the bounds admit, or far inside. */
export interface Levels {
  readonly now: number;
  readonly edge: boolean;
  readonly approved: boolean;
}

type Json = Record<string, unknown>;

export function callOf(effect: BuiltEffect, pick: (index: number) => number): Call {
  const samples = new Map(effect.fields.map((field, index) => [field, pickOf(field.plan.inside, pick(index))!]));
  for (const [index, row] of effect.rows.entries()) {
    const tuple = pickOf(row.tuples, pick(index + 7))!;
    for (const [field, sample] of tuple) samples.set(field, sample);
  }
  if (effect.relation !== undefined) keepRelation(effect.relation, samples, true);
  const tool = pickOf(effect.tools, pick(11))!;
  return { tool: tool.name, args: tool.args, samples };
}

/** Lets the two sides send samples with which the relation holds (or does not), if there are any. */
export function keepRelation(
  { left, op, right }: NonNullable<BuiltEffect["relation"]>,
  samples: Map<BuiltField, Sample>,
  holds: boolean,
): void {
  for (const one of [samples.get(left.field)!, ...left.field.plan.inside]) {
    const other = right.field.plan.inside.find(
      (each) => related(one.canonical[left.key.suffix], op, each.canonical[right.key.suffix]) === holds,
    );
    if (other === undefined) continue;
    samples.set(left.field, one);
    samples.set(right.field, other);
    return;
  }
}

/** The decoded fields, rows included, as decoding is expected to give them. */
export function fieldsOf(effect: BuiltEffect, { samples }: Call): Json {
  const fields = Array.from(samples, ([{ name }, { decoded }]) =>
    Object.entries(decoded).map(([suffix, value]) => [name + suffix, value]),
  );
  const rows = effect.rows.map(({ keys }, index) => [
    `rows/${index}`,
    JSON.stringify(keys.map(({ field, key }) => samples.get(field)!.canonical[key.suffix])),
  ]);
  return Object.fromEntries([...fields.flat(), ...rows]);
}

/** The call as an agent would make it. */
export function proposalOf(effect: BuiltEffect, { tool, args, samples }: Call): Json {
  const sent = Array.from(samples, ([{ name }, { sent }]) =>
    Object.entries(sent).map(([suffix, value]) => [name + suffix, value]),
  );
  const comment = effect.effect.ignored ? { comment: "because" } : {};
  return { tool, args: { ...args, ...comment, ...Object.fromEntries(sent.flat()) }, reasoning: "…" };
}

/** What costs a call adds to each meter, by bound id. */
export function costsOf(
  built: Built,
  { name, effect }: BuiltEffect,
  fields: Json,
): ReadonlyMap<string, { cost: number; max: number }> {
  const minor = (key: string, written: string | number) => Number(operandOf(effect.fields, key).write(written));
  const number = (key: string) => (typeof fields[key] === "number" ? fields[key] : 0);
  const session = Object.entries(effect.session).map(([key, { max }]) => {
    const cost = key === "calls" ? 1 : number(key);
    return [`effects/${name}/session/${key}`, { cost, max: key === "calls" ? Number(max) : minor(key, max) }] as const;
  });
  const meters = Object.entries({
    actions: 1,
    ...(effect.external ? { externalCalls: 1 } : {}),
    ...effect.consumes,
  }).map(([meter, source]) => {
    const { max } = built.document.budgets[meter]!;
    const fed =
      typeof source === "number"
        ? { cost: source, max: Number(max) }
        : { cost: number(source), max: minor(source, max) };
    return [`budgets/${meter}`, fed] as const;
  });
  return new Map([...session, ...meters]);
}

/** A request that keeps every bound as far as that is possible. */
export function requestOf(
  built: Built,
  digest: string,
  effect: BuiltEffect,
  call: Call,
  fields: unknown,
  levels: Levels,
): HostileRequest & Json {
  const { document } = built;
  const { now, edge, approved } = levels;
  const { effect: source, name } = effect;
  const velocity = source.velocity ?? document.defaults?.velocity ?? [];
  const expected = fieldsOf(effect, call);
  const window = source.schedule?.windows[0];
  return {
    envelope: digest,
    principal: document.principal,
    effect: name,
    tool: call.tool,
    fields,
    justified: source.justification === "required" || edge,
    now,
    state: {
      seq: 17,
      phase: "active",
      killed: false,
      halted: false,
      activatedAt: edge ? now - document.validity.maxDurationSeconds * 1000 + 1 : now,
      meters: Object.fromEntries(
        Array.from(costsOf(built, effect, expected), ([id, { cost, max }]) => [
          id,
          edge ? Math.max(0, max - Math.max(0, cost)) : 0,
        ]),
      ),
      velocity: Object.fromEntries(
        velocity.map(({ max }, index) => [`effects/${name}/velocity/${index}`, edge ? Math.max(0, max - 1) : 0]),
      ),
      local: source.schedule
        ? { [source.schedule.timezone]: { day: window!.days[0], minute: minuteOf(window!.from), date: "2024-02-15" } }
        : {},
      approvals: Object.fromEntries([
        ...(source.approval ? [[`effects/${name}/approval`, approved ? source.approval.keys : 0]] : []),
        ...(source.channel === "propose" ? [[`effects/${name}/channel`, approved ? 2 : 1]] : []),
      ]),
      last: lastOf(source.after ?? [], now, edge),
      produced: Object.fromEntries(Object.entries(produced).map(([type, values]) => [`e0/${type}`, values])),
      evidence: Object.fromEntries(
        Object.entries(document.evidence ?? {}).map(([key, { maxAgeSeconds }]) => [
          key,
          edge ? now - maxAgeSeconds * 1000 : now,
        ]),
      ),
    },
  };
}

export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

function lastOf(after: readonly After[], now: number, edge: boolean): Json {
  const byEffect = Object.entries(Object.groupBy(after, ({ effect }) => effect));
  const shortest = (entries: readonly After[] = []) => Math.min(...entries.map(({ withinSeconds }) => withinSeconds));
  return Object.fromEntries(byEffect.map(([effect, entries]) => [effect, edge ? now - shortest(entries) * 1000 : now]));
}
