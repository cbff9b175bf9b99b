/** Who undoes what has been done: the host's function, asked by the gateway and by nobody else (SPEC §10). */
import type { FieldValues } from "../../../schema/request.ts";

export interface EffectToCancel {
  /** The number of the `decided` record that allowed it. */
  readonly decided: number;
  readonly effect: string;
  readonly tool: string;
  /** As the engines judged them. */
  readonly fields: FieldValues;
  /** As they were decoded; none where nobody has said how it ended. */
  readonly results: Readonly<Record<string, string | number>>;
  /** `unknown`: it may have happened; `unsettled`: it is under way, or nobody has told yet. */
  readonly outcome: "executed" | "unknown" | "unsettled";
  /** From 1. */
  readonly attempt: number;
}

/** `nothing_to_cancel`: there is no such effect outside, or none any more. */
export type CancelAnswer = "confirmed" | "nothing_to_cancel";

/**
 * Is asked until it confirms, and may be asked again about what it has undone: it must be idempotent.
 *
 * @throws anything: then it is asked again, for a bounded number of times
 */
export type Canceller = (effect: EffectToCancel) => CancelAnswer | Promise<CancelAnswer>;
