/** A plan of one effect: its tools, its fields, and which of the other bounds it writes. */
import fc from "fast-check";
import { fieldPlan } from "./fields/any.ts";

const zones = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata"] as const;
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const roles = ["risk", "ops", "legal"] as const;
export const tags = ["moves_funds", "irreversible", "creates_agent"] as const;
export const flags = ["NET_ACCESS", "FINANCIAL_ACTIONS", "IO_READ_LOCAL", "ACCOUNT_ACCESS"] as const;

/** Numbers that pick one of several: any number will do. */
const pick = fc.nat({ max: 1000 });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const often = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

/** How much a limit admits beside what one call at its own cap takes. */
export const room = fc.oneof(
  { arbitrary: fc.constantFrom<("exact" | "double" | "most")[]>("exact", "double", "most"), weight: 40 },
  { arbitrary: fc.constant<"none">("none"), weight: 1 },
);

/** A limit on a count; one that admits nothing is rare. */
export const countLimit = fc.oneof(
  { arbitrary: fc.constantFrom(200, 1, 2, Number.MAX_SAFE_INTEGER), weight: 60 },
  { arbitrary: fc.constant(0), weight: 1 },
);

export const velocities = fc.array(fc.record({ max: countLimit, seconds: fc.constantFrom(60, 1, 3600) }), {
  minLength: 1,
  maxLength: 2,
});

const windowOf = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...days), { minLength: 1, maxLength: 7 }),
    from: fc.integer({ min: 0, max: 1438 }),
    length: fc.integer({ min: 1, max: 1440 }),
  })
  .map(({ days, from, length }) => ({ days, from: clock(from), until: clock(Math.min(from + length, 1440)) }));

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

const schedule = fc.record(
  {
    timezone: fc.constantFrom(...zones),
    windows: fc.array(windowOf, { minLength: 1, maxLength: 3 }),
    except: fc.uniqueArray(fc.constantFrom("2024-12-25", "2024-07-04", "2024-02-29"), { minLength: 1 }),
  },
  { requiredKeys: ["timezone", "windows"] },
);

const sessionLimit = fc.record({
  key: pick,
  room,
  apart: fc.constantFrom("no", "no", "field", "period"),
});

export const effectPlan = fc.record({
  fields: fc.array(fieldPlan, { minLength: 0, maxLength: 5 }),
  tools: fc.constantFrom("one", "two", "action", "action"),
  external: fc.boolean(),
  channel: fc.constantFrom<("execute" | "propose")[]>("execute", "propose"),
  tags: fc.uniqueArray(fc.constantFrom(...tags), { maxLength: 2 }),
  requires: fc.uniqueArray(fc.constantFrom(...flags), { maxLength: 2 }),
  /** Requires a flag that no envelope grants. */
  dead: fc.oneof({ arbitrary: fc.constant(false), weight: 12 }, { arbitrary: fc.constant(true), weight: 1 }),
  named: fc.boolean(),
  ignored: fc.boolean(),
  absent: fc.boolean(),
  calls: fc.record({ max: countLimit, apart: sessionLimit }),
  session: fc.array(sessionLimit, { maxLength: 2 }),
  velocity: sometimes(velocities),
  consumes: fc.array(
    fc.record({ key: pick, meter: fc.nat({ max: 1 }), constant: fc.constantFrom(1, 0, 7), fixed: fc.boolean() }),
    {
      maxLength: 2,
    },
  ),
  rows: fc.array(
    fc.record({
      keys: fc.array(pick, { minLength: 1, maxLength: 3 }),
      tuples: fc.array(pick, { minLength: 1, maxLength: 3 }),
      only: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  relation: often(fc.record({ key: pick, op: fc.constantFrom<("==" | "!=" | "<" | "<=")[]>("!=", "==", "<", "<=") })),
  after: fc.array(fc.record({ effect: pick, withinSeconds: fc.constantFrom(3600, 1, 315_360_000) }), { maxLength: 2 }),
  schedule: often(schedule),
  approval: often(
    fc.record({
      keys: fc.constantFrom(1, 2, 3),
      roles: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1 }),
      when: sometimes(
        fc.array(
          fc.record({
            key: pick,
            sample: pick,
            by: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
          }),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
      ),
    }),
  ),
  justification: fc.constantFrom<(undefined | "required" | "none")[]>(undefined, "required", "none"),
});

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;

export type EffectPlan = Generated<typeof effectPlan>;
