/**
 * What a session still admits: for each effect how often, how much, until when, and what people must agree to. The engines that
 * decide say whether it is open, on the facts that they decide on; the amounts are read from the same limits and sums.
 *
 * A call within what remains is allowed and one unit beyond is denied, as long as no other is decided in between. Every limit is
 * taken by itself: where rows, relations or products tie fields together, one call need not reach all of the amounts.
 */

import { pointerOf } from "../../../schema/bound-pointer.ts";
import { boundKindOf } from "../../../schema/bounds.ts";
import type { Effect } from "../../../schema/envelope.ts";
import type { Value } from "../../../schema/reference/operand.ts";
import type { Violation } from "../../../schema/verdict.ts";
import type { Evaluator } from "../../evaluator.ts";
import type { FactsPlan } from "../../ledger/facts/facts.ts";
import type { SessionState } from "../../ledger/state.ts";
import { describeBound } from "../../messages/describe.ts";
import { type Amount, type NumberField, numberFields } from "./amounts.ts";
import { type Apart, apartOf, hasRoom } from "./apart.ts";
import { asOverdueEnded } from "./as-overdue-ended.ts";
import { reachOf } from "./closed-by.ts";
import { fieldApart, type Limit, limitOf, type Room, roomsOf, windowLimits } from "./limits.ts";
import { type ApprovalNeeded, approvalsNeeded } from "./people.ts";
import { type Closing, closingOf } from "./until.ts";
import { valuesOf } from "./values.ts";

export interface Remaining {
  readonly session: string;
  /** Of the last record that was taken in. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** In the order in which the envelope writes them. */
  readonly effects: readonly EffectRemaining[];
}

export interface EffectRemaining {
  readonly effect: string;
  readonly open: boolean;
  /** Why it is not. */
  readonly closedBy: readonly Violation[];
  /** Through which it is open. */
  readonly tools: readonly string[];
  /** How many calls of the least amounts may follow one another at this moment; 0 where it is closed. */
  readonly calls: number;
  /** What is left of each limit that is not kept apart by a field. */
  readonly limits: readonly Limit[];
  /** By field; none where it is closed. */
  readonly amounts: Readonly<Record<string, Amount>>;
  readonly apart: readonly Apart[];
  /** By field: the results of this session that its `producedBy` admits. */
  readonly produced: Readonly<Record<string, readonly Value[]>>;
  /** Undefined where it is closed. */
  readonly until?: Closing;
  readonly approvals: readonly ApprovalNeeded[];
  /** Whether a justification must come with each call. */
  readonly justification: boolean;
}

/**
 * @param state as of the last record; what is overdue by `now` is taken for ended. Changes nothing; total
 * @param settleSeconds how long a redeemed effect may go unsettled before it freezes the session
 */
export function remainingOf(
  evaluator: Evaluator,
  facts: FactsPlan,
  state: SessionState,
  now: number,
  settleSeconds: number,
): Remaining {
  const ended = asOverdueEnded(state, now, settleSeconds);
  const { session, head } = state.end;
  const effects = Object.entries(evaluator.envelope.effects);
  return {
    session,
    seq: head.seq,
    now,
    effects: effects.map(([name, effect]) =>
      effectRemaining(evaluator, facts, name, effect, ended, now, settleSeconds),
    ),
  };
}

function effectRemaining(
  evaluator: Evaluator,
  facts: FactsPlan,
  name: string,
  effect: Effect,
  state: SessionState,
  now: number,
  settleSeconds: number,
): EffectRemaining {
  const { envelope } = evaluator;
  const rooms = roomsOf(envelope, name, effect, state);
  const numbers = numberFields(envelope, name, effect, rooms, state, now);
  const limits = limitsOf(evaluator, name, effect, rooms, numbers, state, now);
  const calls = Math.min(...limits.flatMap((limit) => limit.calls ?? []));
  const apart = apartOf(envelope, effect, rooms, numbers, calls, state);
  const produced = producedFor(evaluator, effect, state);
  const { tools, closedBy } = reachOf(evaluator, facts, name, effect, rooms, numbers, state, now);
  const known = new Set(closedBy.map(({ id }) => id));
  const exhausted = [
    ...numbers.filter(({ amount }) => amount === undefined).map(({ key }) => `effects/${name}/allow/${key}`),
    ...Object.keys(produced)
      .filter((key) => produced[key]?.length === 0 && effect.allow?.[key]?.minItems !== 0)
      .map((key) => `effects/${name}/allow/${key}`),
    ...limits.filter((limit) => limit.calls === 0).map(({ bound }) => bound),
    ...apart.filter((each) => !hasRoom(each)).flatMap(({ bounds }) => bounds),
  ].filter((id) => !known.has(id));
  // A number that is out of reach is the doing of a limit that the engines have named.
  const more = closedBy.length > 0 ? [] : exhausted.map((id) => nothingLeft(evaluator, name, id));
  const reasons = [...closedBy, ...more];
  const open = reasons.length === 0;
  return {
    effect: name,
    open,
    closedBy: reasons,
    tools: open ? tools : [],
    calls: open ? calls : 0,
    limits,
    amounts: open ? amountsOf(numbers) : {},
    apart: open ? apart : [],
    produced,
    ...(open ? { until: closingOf(envelope, name, effect, state, now, settleSeconds) } : {}),
    approvals: approvalsNeeded(name, effect),
    justification: effect.justification === "required",
  };
}

function limitsOf(
  { envelope }: Evaluator,
  name: string,
  effect: Effect,
  rooms: readonly Room[],
  numbers: readonly NumberField[],
  state: SessionState,
  now: number,
): readonly Limit[] {
  const least = new Map(numbers.map((field) => [field.key, field.least]));
  const whole = rooms.filter(({ meter }) => fieldApart(meter) === undefined);
  return [...whole.map((room) => limitOf(room, least, now)), ...windowLimits(envelope, name, effect, state, now)];
}

function amountsOf(numbers: readonly NumberField[]): Readonly<Record<string, Amount>> {
  const amounts: Record<string, Amount> = Object.create(null);
  for (const { key, amount } of numbers) if (amount !== undefined) amounts[key] = amount;
  return amounts;
}

function producedFor(
  { envelope }: Evaluator,
  effect: Effect,
  state: SessionState,
): Readonly<Record<string, readonly Value[]>> {
  const produced: Record<string, readonly Value[]> = Object.create(null);
  for (const [key, { producedBy }] of Object.entries(effect.allow ?? {}))
    if (producedBy !== undefined) produced[key] = valuesOf(envelope, effect, key, state) ?? [];
  return produced;
}

function nothingLeft({ envelope }: Evaluator, effect: string, id: string): Violation {
  const code = boundKindOf(id)?.code ?? "CAPABILITY_NOT_GRANTED";
  const { limit } = describeBound(id, envelope, { effect });
  return { id, code, pointer: pointerOf(id, envelope), message: `no value is left that fits: ${limit}` };
}
