/** What the host knows about a call beside the call itself. */
import type { State } from "../schema/request.ts";
import type { DecodedCall } from "./decode/decode.ts";

export interface Facts {
  /** Who calls. Left out, the bound `principal` is violated. */
  readonly principal?: string;
  /** Epoch milliseconds. The runtime has no clock of its own. */
  readonly now: number;
  /** Whether a non-blank justification came with the call; not, where it is left out. */
  readonly justified?: boolean;
  readonly state: State;
}

/** Facts in which anything may be missing or of another type: the bounds that need it are violated. */
export type HostileFacts = { readonly [K in keyof Facts]?: unknown };

/** Facts, or a function that gathers them for the decoded call; if it throws, the verdict is deny with `STORE_UNAVAILABLE`. */
export type FactsSource = HostileFacts | ((call: DecodedCall) => HostileFacts);

const blank = /^[\p{White_Space}\p{Cf}]*$/u;

/** Whether a text counts as a justification: blank is nothing but White_Space and Cf (SPEC §13). Its content is never read. */
export function isJustification(text: unknown): boolean {
  return typeof text === "string" && !blank.test(text);
}
