/** When a session can do nothing more, and up to when its ledger takes the word of a clock (SPEC §7, §10). */
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import type { SessionState } from "../ledger/state.ts";
import type { Desk } from "./desk.ts";
import type { SessionOptions } from "./settings.ts";

type Waits = Required<Pick<SessionOptions, "settleSeconds" | "tokenSeconds">>;

/** The earlier of the end that is written and that of the duration; whole seconds where a token says it. */
export function endOf(desk: Pick<Desk, "log" | "options">): number {
  const end = exactEndOf(desk);
  return desk.options.authority === undefined ? end : Math.floor(end / 1000) * 1000;
}

/** The same to the millisecond: from then on, nothing is allowed. */
export function exactEndOf({ log, options }: Pick<Desk, "log" | "options">): number {
  const { validity } = options.evaluator.envelope;
  return Math.min(writtenEnd(validity), durationEnd(validity, log.state));
}

/**
 * The last moment that a session writes down by itself: what was allowed at the end of the envelope has ended by then. A clock that
 * shows a later one is believed for what it denies, and not recorded: a ledger's time never goes back, so that a clock that was
 * wrong once would deny everything for ever.
 */
export function horizonOf({ end, options }: Pick<Desk, "end" | "options">): number {
  const { settleSeconds, tokenSeconds }: Waits = options;
  return end + Math.max(settleSeconds, tokenSeconds) * 1000;
}

/** The bound of the envelope that the time is beyond. */
export function endedBy({ log, options }: Pick<Desk, "log" | "options">, now: number): string {
  const { validity } = options.evaluator.envelope;
  return now >= writtenEnd(validity) || now < durationEnd(validity, log.state)
    ? "validity/expires_at"
    : "validity/duration";
}

interface Validity {
  readonly expiresAt: string;
  readonly maxDurationSeconds: number;
}

function writtenEnd({ expiresAt }: Validity): number {
  const written = parseTimestamp(expiresAt);
  return written.ok ? written.value : 0;
}

function durationEnd({ maxDurationSeconds }: Validity, { activatedAt }: SessionState): number {
  return activatedAt + maxDurationSeconds * 1000;
}
