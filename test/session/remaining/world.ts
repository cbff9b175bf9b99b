/** Made-up envelopes with limits of every kind, what happened in their sessions, and calls that are just within or beyond. */
import fc from "fast-check";
import { document } from "../gateway.ts";

export const names = ["ann", "bob", "cy"] as const;
/** Never in a history. */
export const stranger = "zoe";
export const payees = [...names, stranger] as const;
export type Payee = (typeof payees)[number];

type Json = Readonly<Record<string, unknown>>;

export interface Amounts {
  /** Cents. */
  readonly amount: number;
  readonly pieces: number;
}

const cents = (minor: number) => {
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** The rarer kind one time in six. */
const mostly = <T, U>(rarer: fc.Arbitrary<T>, usual: fc.Arbitrary<U>) =>
  fc.oneof({ weight: 1, arbitrary: rarer }, { weight: 5, arbitrary: usual });

const apart = fc.constantFrom<Json[]>(
  {},
  {},
  { perField: "payee" },
  { perPeriod: "hour", timezone: "America/New_York" },
  { perPeriod: "day", timezone: "Asia/Kolkata" },
);

const effectPlan = fc.record({
  external: fc.boolean(),
  proposed: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
  isListed: fc.boolean(),
  least: fc.constantFrom(undefined, undefined, 0, 1, 120, -50),
  most: fc.integer({ min: 120, max: 500 }),
  pieces: fc.constantFrom<Pieces[]>(
    { perCall: { max: 4 } },
    { perCall: { min: 2, max: 5 } },
    { oneOf: [1, 2, 5] },
    { oneOf: [3, 1], perCall: { max: 9 } },
  ),
  calls: fc.tuple(mostly(fc.constant(0), fc.integer({ min: 1, max: 7 })), apart),
  total: maybe(fc.tuple(mostly(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 300, max: 1500 })), apart)),
  pieceTotal: maybe(fc.tuple(fc.integer({ min: 1, max: 20 }), apart)),
  spends: fc.boolean(),
  fee: maybe(fc.integer({ min: 0, max: 3 })),
  velocity: fc.array(fc.record({ max: fc.integer({ min: 1, max: 8 }), seconds: fc.constantFrom(5, 60, 3600) }), {
    minLength: 1,
    maxLength: 2,
  }),
  /** The local minute of New York in which the window ends: the session begins at 10:00. */
  schedule: maybe(fc.integer({ min: 601, max: 700 })),
  after: mostly(fc.integer({ min: 1, max: 120 }), fc.constant(undefined)),
  approval: mostly(fc.integer({ min: 0, max: 500 }), fc.constant(undefined)),
  justification: fc.boolean(),
});

type EffectPlan = typeof effectPlan extends fc.Arbitrary<infer T> ? T : never;

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("propose" as const),
      effect: fc.constantFrom("e0", "e1"),
      payee: fc.constantFrom(...names),
      /** Above the least that a call may carry. */
      extra: mostly(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60 })),
      pieces: fc.nat({ max: 2 }),
      ending: mostly(fc.constant("consumed"), fc.constantFrom("settled", "settled", "open")),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: mostly(fc.integer({ min: 60_000, max: 1_000_000 }), fc.integer({ min: 0, max: 40_000 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("see" as const) }) },
);

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Proposing = Extract<Step, { do: "propose" }>;

interface Pieces {
  readonly perCall?: { readonly min?: number; readonly max: number };
  readonly oneOf?: readonly number[];
}

export interface World {
  readonly envelope: Json;
  readonly plans: Readonly<Record<string, EffectPlan>>;
  readonly history: readonly Step[];
  readonly last: "nothing" | "kill" | "freeze" | "halt";
}

export const world: fc.Arbitrary<World> = fc
  .record({
    plans: fc.tuple(effectPlan, effectPlan),
    actions: mostly(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 20 })),
    externalCalls: mostly(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 20 })),
    spend: mostly(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 501, max: 3000 })),
    fees: mostly(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 20 })),
    lasts: fc.constantFrom(60, 3600, 3600, 21_600),
    evidence: mostly(fc.integer({ min: 0, max: 300 }), fc.constant(undefined)),
    forbids: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0),
    history: fc.array(step, { maxLength: 12, size: "max" }),
    last: mostly(fc.constantFrom("kill" as const, "freeze" as const, "halt" as const), fc.constant("nothing" as const)),
  })
  .map(({ plans: [e0, e1], history, last, ...limits }) => ({
    envelope: document({
      budgets: {
        actions: { max: limits.actions },
        externalCalls: { max: limits.externalCalls },
        spend: { max: cents(limits.spend), unit: "USD" },
        fees: { max: limits.fees },
      },
      validity: {
        notBefore: "2024-02-15T14:00:00Z",
        expiresAt: "2024-02-15T15:20:00Z",
        maxDurationSeconds: limits.lasts,
      },
      effects: { pay: undefined, cancel: undefined, e0: effectOf(e0, "e0"), e1: effectOf(e1, "e1") },
      ...(limits.evidence === undefined ? {} : { evidence: { perimeter: { maxAgeSeconds: limits.evidence } } }),
      forbidden: limits.forbids ? [{ tool: "tool.e1" }] : [],
    }),
    plans: { e0, e1 },
    history,
    last,
  }));

function effectOf(plan: EffectPlan, name: string): Json {
  const { oneOf, perCall } = plan.pieces;
  const other = name === "e0" ? "e1" : "e0";
  return {
    tools: [`tool.${name}`],
    external: plan.external,
    ...(plan.external ? { channel: plan.proposed ? "propose" : "execute" } : {}),
    fields: {
      payee: { from: "/payee", type: "string" },
      amount: { from: "/amount", type: "decimal", scale: 2, unit: "USD" },
      pieces: { from: "/pieces", type: "integer" },
    },
    allow: {
      payee: plan.isListed ? { oneOf: [...names] } : { noneOf: ["mallory"] },
      ...(oneOf === undefined ? {} : { pieces: { oneOf } }),
    },
    perCall: {
      amount: { max: cents(plan.most), ...(plan.least === undefined ? {} : { min: cents(plan.least) }) },
      ...(perCall === undefined ? {} : { pieces: perCall }),
    },
    session: {
      calls: { max: plan.calls[0], ...plan.calls[1] },
      ...(plan.total === undefined ? {} : { amount: { max: cents(plan.total[0]), ...plan.total[1] } }),
      ...(plan.pieceTotal === undefined ? {} : { pieces: { max: plan.pieceTotal[0], ...plan.pieceTotal[1] } }),
    },
    velocity: plan.velocity,
    consumes: {
      ...(plan.spends ? { spend: "amount" } : {}),
      ...(plan.fee === undefined ? {} : { fees: plan.fee }),
    },
    ...(plan.after === undefined ? {} : { after: [{ effect: other, withinSeconds: plan.after }] }),
    ...(plan.schedule === undefined ? {} : { schedule: scheduleUntil(plan.schedule) }),
    ...(plan.approval === undefined
      ? {}
      : { approval: { keys: 1, roles: ["risk"], when: { amount: { min: cents(plan.approval) } } } }),
    justification: plan.justification ? "required" : "none",
  };
}

function scheduleUntil(minute: number): Json {
  const until = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
  return { timezone: "America/New_York", windows: [{ days: ["thu"], from: "09:30", until }] };
}

/** The bounds that hold a call for people. */
export function peopleAskedFor(plan: EffectPlan, name: string, { amount }: Amounts): readonly string[] {
  const ids = [];
  if (plan.approval !== undefined && amount >= plan.approval) ids.push(`effects/${name}/approval`);
  if (plan.external && plan.proposed) ids.push(`effects/${name}/channel`);
  return ids;
}

/** What a step of a history carries: most of the time, nothing that one call could not. */
export function carriedBy({ least = 0, pieces }: EffectPlan, { extra, pieces: pick }: Proposing): Amounts {
  const { oneOf = [], perCall } = pieces;
  return { amount: Math.max(0, least) + extra, pieces: oneOf[pick % oneOf.length] ?? (perCall?.min ?? 0) + pick };
}

export function proposalOf(effect: string, payee: string, { amount, pieces }: Amounts): string {
  return JSON.stringify({ tool: `tool.${effect}`, args: { payee, amount: cents(amount), pieces } });
}
