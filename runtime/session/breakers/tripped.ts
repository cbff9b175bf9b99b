/** Which circuit breakers have tripped: a function of the envelope and the state, and of nothing else (SPEC §10). */
import type { Envelope } from "../../../schema/envelope.ts";
import type { MetricValue } from "../../../schema/ledger.ts";
import type { SessionState } from "../../ledger/state.ts";
import type { Watched } from "../../ledger/watched.ts";
import { compareMetric } from "./metric.ts";

export interface TrippedBreaker {
  readonly breaker: string;
  readonly action: string;
  /** The values by which it tripped. */
  readonly metrics: readonly MetricValue[];
}

type Breaker = NonNullable<Envelope["breakers"]>[number];
type Condition = Breaker["when"][number];

/** In the envelope's order; those that have halted the session already among them. */
export function trippedBreakers(
  { breakers = [] }: Pick<Envelope, "breakers">,
  { watched }: Pick<SessionState, "watched">,
): readonly TrippedBreaker[] {
  return breakers
    .filter(({ when }) => hasTripped(when, watched))
    .map(({ id, action, when }) => ({ breaker: id, action, metrics: valuesOf(when, watched) }));
}

/** Those that no `halted` record tells of yet. */
export function untoldBreakers(
  envelope: Pick<Envelope, "breakers">,
  state: Pick<SessionState, "watched">,
): readonly TrippedBreaker[] {
  return trippedBreakers(envelope, state).filter(({ breaker }) => !state.watched.halts.has(breaker));
}

/** Every condition holds; and nobody knows what a value of another type means: it holds and so does all that stands beside it. */
function hasTripped(when: Breaker["when"], watched: Watched): boolean {
  const held = when.map((condition) => holds(condition, measured(condition.metric, watched)));
  return held.includes("ill-typed") || held.every((each) => each === true);
}

/** What nobody has reported trips nothing. */
function holds({ atLeast, atMost }: Condition, value: string | number | undefined): boolean | "ill-typed" {
  if (value === undefined) return false;
  const compared = compareMetric(value, atLeast ?? atMost);
  if (compared === undefined) return "ill-typed";
  return atLeast === undefined ? compared <= 0 : compared >= 0;
}

/** The session's own counts are nobody's to report. */
const counted: Readonly<Record<string, (watched: Watched) => number>> = {
  denial_streak: ({ denialStreak }) => denialStreak,
  error_streak: ({ errorStreak }) => errorStreak,
  hold_rate: ({ holds }) => holds.filter((isHold) => isHold).length,
};

function measured(metric: string, watched: Watched): string | number | undefined {
  const count = Object.hasOwn(counted, metric) ? counted[metric] : undefined;
  return count === undefined ? watched.metrics.get(metric) : count(watched);
}

function valuesOf(when: Breaker["when"], watched: Watched): readonly MetricValue[] {
  return [...new Set(when.map(({ metric }) => metric))].flatMap((metric) => {
    const value = measured(metric, watched);
    return value === undefined ? [] : { metric, value: shown(value) };
  });
}

/** No value of the right type is longer, and a record has its limits. */
const longest = 64;

function shown(value: string | number): string | number {
  return typeof value === "string" && value.length > longest ? "(too long)" : value;
}
