import type { Members } from "../../../../schema/normalised.ts";

/** Where a bound is judged: at an action, which has tools if it is an effect of the envelope. */
export interface Place {
  readonly action: string;
  readonly tools?: Members;
}
