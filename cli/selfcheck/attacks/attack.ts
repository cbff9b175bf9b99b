/** One attempt to have a tool run without the verdict for it, and how it must end. */

import type { Scratch } from "../scratch.ts";
import type { Allowed, Specimens } from "../specimen/allowed.ts";
import type { Specimen } from "../specimen/specimens.ts";

/** Where an attack begins: a fresh scratch session in which one call has been allowed, and its token not been used. */
export interface Site {
  readonly scratch: Scratch;
  readonly specimen: Specimen;
  readonly specimens: Specimens;
  readonly allowed: Allowed;
}

export interface Ending {
  /** What the guard or the session answered. */
  readonly isDenied: boolean;
  readonly codes: readonly string[];
  /** The number of the record of the denial; null where there is none. */
  readonly seq: number | null;
  /** Whose denial it is. */
  readonly scratch: Scratch;
  /** What was put forward; its hash must be in the record. */
  readonly proposal: string;
  /** How often the tool ran in the whole attack because it was allowed to. */
  readonly rightful?: number;
}

export interface Attack {
  /** What is attempted. */
  readonly what: string;
  /** The codes of which one must be the answer. */
  readonly codes: readonly string[];
  /** @returns undefined where the envelope has nothing to attempt it with */
  readonly run: (site: Site) => Promise<Ending | undefined>;
}

/** A token put forward to the guard. */
export async function present(
  scratch: Scratch,
  token: unknown,
  proposal: string,
  guard = scratch.guardOf(scratch.session),
): Promise<Ending> {
  const redeemed = await guard.redeem(token, proposal);
  if (redeemed.outcome !== "denied")
    return { isDenied: false, codes: [redeemed.outcome], seq: null, scratch, proposal };
  const { code, seq } = redeemed.denial;
  return { isDenied: true, codes: [code], seq, scratch, proposal };
}

/** A call put forward to the session: denied is what gets neither a token nor a person to ask. */
export async function ask(scratch: Scratch, proposal: string, principal?: string): Promise<Ending> {
  const caller = { principal: principal ?? scratch.bench.evaluator.envelope.principal, justification: "self-check" };
  const { verdict, violations, token, seq } = await scratch.session.propose(proposal, caller);
  const codes = violations.map(({ code }) => code);
  return { isDenied: verdict === "deny" && token === null, codes, seq, scratch, proposal };
}
