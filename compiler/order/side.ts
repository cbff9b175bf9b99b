import type { Effect, Envelope } from "../../schema/envelope.ts";

/** One effect of one of the two envelopes. */
export interface Side {
  readonly name: string;
  /** Of the effect, in the envelope that is asked whether it is the narrower one. */
  readonly pointer: string;
  readonly envelope: Envelope;
  readonly effect: Effect;
}
