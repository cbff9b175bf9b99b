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

/**
 * Asks for the facts of a call. What will be judged of the call is frozen: a function that changes it gathers nothing.
 *
 * @throws TypeError for a promise: a decision waits for nothing
 */
export function gatherFacts(gather: (call: DecodedCall) => HostileFacts, call: DecodedCall): HostileFacts {
  freeze(call.fields);
  const facts = gather(Object.freeze(call));
  if (!(facts instanceof Promise)) return facts;
  // It is told of here; should it fail as well, that must not end the process.
  facts.catch(() => undefined);
  throw new TypeError("the facts came as a promise: gather them before the decision");
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const member of Object.values(Object.freeze(value))) freeze(member);
}

const blank = /^[\p{White_Space}\p{Cf}]*$/u;

/** Whether a text counts as a justification: blank is nothing but White_Space and Cf (SPEC §13). Its content is never read. */
export function isJustification(text: unknown): boolean {
  return typeof text === "string" && !blank.test(text);
}
