/** Session limits and the meters of the whole envelope. */
import type { SessionLimit } from "../../../schema/envelope.ts";
import type { EffectPlan } from "../effect.ts";
import { type BuiltField, type BuiltKey, pickOf } from "./built.ts";

export interface Meter {
  readonly max: number;
  readonly unit: string | undefined;
  readonly write: (value: number) => string | number;
}

type Room = SessionRoom["room"];
type SessionRoom = EffectPlan["session"][number];

export function apart(
  how: SessionRoom["apart"],
  fields: readonly BuiltField[],
): Pick<SessionLimit, "perField" | "perPeriod" | "timezone"> {
  const plain = ["string", "host", "email", "boolean", "path", "ip", "digest"];
  const by = fields.find(({ name, plan }) => plain.includes(plan.declare(name)[""]!.type));
  if (how === "period") return { perPeriod: "day", timezone: "America/New_York" };
  return how === "field" && by ? { perField: by.name } : {};
}

export function sessionsOf(
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

/** Feeds meters that all effects share: one for each unit and scale. */
export function consume(
  plan: EffectPlan,
  keys: readonly BuiltKey[],
  room: Room,
  meters: Map<string, Meter>,
): Record<string, string | number> {
  const summed = keys.filter(({ key }) => key.sums !== undefined);
  return Object.fromEntries(
    plan.consumes.map(({ key: pick, meter, constant, fixed }) => {
      const chosen = fixed ? undefined : pickOf(summed, pick);
      const { unit, scale } = chosen?.key.sums ?? {};
      const name = `meter_${unit ?? "plain"}_${scale ?? "whole"}_${meter}`;
      const max = roomFor(chosen === undefined ? constant : highest(chosen), room);
      const write = chosen?.key.write ?? ((value: number) => value);
      meters.set(name, { max: Math.max(max, meters.get(name)?.max ?? 0), unit, write });
      return [name, chosen?.name ?? constant];
    }),
  );
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
