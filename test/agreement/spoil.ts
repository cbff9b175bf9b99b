/** The ways to bring one bound of a request to its limit, beyond it, or to have nothing to compare. */
import type { BoundKind } from "../../schema/bounds.ts";
import type { Built, BuiltEffect, BuiltField } from "./build/built.ts";
import { type Call, costsOf, fieldsOf, keepRelation, minuteOf } from "./draft.ts";
import type { Sample } from "./fields/plan.ts";
import { bent, hostileValues, missing, spoilt } from "./hostile.ts";

type Json = Record<string, unknown>;

/** Each changes the samples of the call before it is decoded, or the finished request. */
export type Spoiler =
  | (Aim & { readonly samples: (samples: Map<BuiltField, Sample>) => void })
  | (Aim & { readonly now: number })
  | (Aim & { readonly path: readonly string[]; readonly value: unknown });

interface Aim {
  readonly kind: BoundKind;
  /** A value that makes no sense, rather than one beside a limit. */
  readonly hostile: boolean;
}

const put = (field: BuiltField, sample: Sample) => (samples: Map<BuiltField, Sample>) =>
  void samples.set(field, sample);

/** Every spoiler for a call of this effect. */
export function spoilersOf(built: Built, effect: BuiltEffect, call: Call, now: number): readonly Spoiler[] {
  const { document } = built;
  const { effect: source, name } = effect;
  const at = (kind: BoundKind, path: readonly string[], edges: readonly unknown[]): readonly Spoiler[] => [
    ...edges.map((value) => ({ kind, hostile: false, path, value })),
    ...[...hostileValues, ...edges.flatMap(spoilt)].map((value) => ({ kind, hostile: true, path, value })),
  ];
  const state = (kind: BoundKind, keys: readonly string[], edges: readonly unknown[]) =>
    at(kind, ["state", ...keys], edges);
  const age = (kind: BoundKind, keys: readonly string[], seconds: number) =>
    state(kind, keys, [now - seconds * 1000 - 1, now - seconds * 1000, now, now + 1, missing]);
  const { validity } = document;
  const expected = fieldsOf(effect, call);
  const names = Object.keys(document.effects);
  const instants = [Date.parse(validity.notBefore), Date.parse(validity.expiresAt)] as const;
  const forbidden = document.forbidden.flatMap((entry) => [
    ...(entry.tool !== undefined
      ? [{ kind: "forbidden", hostile: false, path: ["tool"], value: entry.tool } as const]
      : []),
    ...(entry.effect !== undefined
      ? [{ kind: "forbidden", hostile: false, path: ["effect"], value: entry.effect } as const]
      : []),
  ]);
  const outside = (kind: "allow" | "perCall", bounded: (field: BuiltField) => boolean) =>
    effect.fields
      .filter(bounded)
      .flatMap((field) =>
        field.plan.outside.map((sample): Spoiler => ({ kind, hostile: false, samples: put(field, sample) })),
      );
  const operand = (kind: BoundKind, keys: Iterable<string>) =>
    Array.from(keys).flatMap((key) =>
      at(kind, ["fields", key], []).concat(
        bent(expected[key]).map((value) => ({ kind, hostile: false, path: ["fields", key], value })),
        spoilt(expected[key]).map((value) => ({ kind, hostile: true, path: ["fields", key], value })),
      ),
    );
  return [
    ...state("kill", ["killed"], [true, missing]),
    ...state("halt", ["halted"], [true, missing]),
    ...state("phase", ["phase"], ["frozen", "Active", missing]),
    ...[instants[0] - 1, instants[0]].map((instant) => ({ kind: "notBefore" as const, hostile: false, now: instant })),
    ...[instants[1] - 1, instants[1]].map((instant) => ({ kind: "expiresAt" as const, hostile: false, now: instant })),
    ...at("notBefore", ["now"], []),
    ...age("duration", ["activatedAt"], validity.maxDurationSeconds),
    ...state("duration", ["activatedAt"], [now - validity.maxDurationSeconds * 1000 + 1]),
    ...at("principal", ["principal"], ["agent:s8", "agent:S7", missing]),
    ...Object.entries(document.evidence ?? {}).flatMap(([key, { maxAgeSeconds }]) =>
      age("evidence", ["evidence", key], maxAgeSeconds),
    ),
    ...forbidden,
    ...at("granted", ["tool"], ["tool.other", "", ...effect.tools.map(({ name }) => name)]),
    ...at("granted", ["effect"], ["", "other", "__proto__", ...names]),
    ...outside("allow", ({ plan }) => Object.keys(plan.allow).length > 0),
    ...operand("allow", Object.keys(source.allow ?? {})),
    ...Object.values(source.allow ?? {}).flatMap(({ producedBy }) =>
      producedBy === undefined ? [] : state("allow", ["produced", producedBy], [[], missing, ["alpha"], [3]]),
    ),
    ...effect.rows.flatMap(({ keys }, index) => [
      ...keys.flatMap(({ field }) =>
        field.plan.inside.map((sample) => ({ kind: "rows" as const, hostile: false, samples: put(field, sample) })),
      ),
      ...operand("rows", [`rows/${index}`]),
    ]),
    ...(effect.relation === undefined ? [] : relationSpoilers(effect.relation, operand)),
    ...outside("perCall", ({ plan }) => Object.keys(plan.perCall).length > 0),
    ...operand("perCall", Object.keys(source.perCall ?? {})),
    ...Array.from(costsOf(built, effect, expected)).flatMap(([id, { cost, max }]) =>
      state(
        id.startsWith("budgets/") ? "budget" : "session",
        ["meters", id],
        [max - cost, max - cost + 1, max, max + 1, -1, 0, missing],
      ),
    ),
    ...(source.velocity ?? document.defaults?.velocity ?? []).flatMap(({ max }, index) =>
      state("velocity", ["velocity", `effects/${name}/velocity/${index}`], [max - 1, max, 0, -1, missing]),
    ),
    ...(source.after ?? []).flatMap(({ effect, withinSeconds }) => age("after", ["last", effect], withinSeconds)),
    ...scheduleSpoilers(source.schedule, state),
    ...(source.justification === "required" ? at("justification", ["justified"], [false, missing]) : []),
    ...(source.approval
      ? state(
          "approval",
          ["approvals", `effects/${name}/approval`],
          [source.approval.keys - 1, source.approval.keys, 0, missing],
        )
      : []),
    ...(source.approval?.when ? operand("approval", Object.keys(source.approval.when)) : []),
    ...(source.channel === "propose"
      ? state("channel", ["approvals", `effects/${name}/channel`], [1, 2, 3, 0, missing])
      : []),
  ];
}

function relationSpoilers(
  relation: NonNullable<BuiltEffect["relation"]>,
  operand: (kind: BoundKind, keys: Iterable<string>) => readonly Spoiler[],
): readonly Spoiler[] {
  const broken: Spoiler = {
    kind: "relations",
    hostile: false,
    samples: (samples) => keepRelation(relation, samples, false),
  };
  return [broken, ...operand("relations", [relation.left.name, relation.right.name])];
}

function scheduleSpoilers(
  schedule: Built["document"]["effects"][string]["schedule"],
  state: (kind: BoundKind, keys: readonly string[], edges: readonly unknown[]) => readonly Spoiler[],
): readonly Spoiler[] {
  if (schedule === undefined) return [];
  const { timezone, windows, except = [] } = schedule;
  const minutes = windows.flatMap(({ from, until }) => [
    minuteOf(from),
    minuteOf(from) - 1,
    minuteOf(until),
    minuteOf(until) - 1,
  ]);
  return [
    ...state("schedule", ["local", timezone, "minute"], [...minutes, missing]),
    ...state("schedule", ["local", timezone, "day"], ["sun", "mon", "wed", "Mon", missing]),
    ...state("schedule", ["local", timezone, "date"], [...except, "2024-12-26", missing]),
    ...state("schedule", ["local", timezone], [missing]),
  ];
}

/** Writes a value at a path, making the way to it; `missing` removes what is there. */
export function write(target: Json, [key = "", ...rest]: readonly string[], value: unknown): Json {
  const inner = target[key];
  if (rest.length > 0) return { ...target, [key]: write(isRecord(inner) ? inner : {}, rest, value) };
  if (value === missing) return Object.fromEntries(Object.entries(target).filter(([each]) => each !== key));
  return { ...target, [key]: value };
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
