/** A session and its guard in the types that `types.ts` gives an envelope: what no verdict allows does not compile. */
import type { Caller } from "../session/decide-and-reserve.ts";
import type { Session } from "../session/session.ts";
import type { SessionVerdict } from "../session/verdict.ts";
import type { Guard, Redeemed } from "./guard.ts";

/** The shape of `Acting` in every `types.ts`. */
interface AnyActing {
  readonly propose: (proposal: never) => Promise<{ readonly verdict: string }>;
  readonly executor: object;
}

/**
 * @typeParam Acting the type of that name in the envelope's `types.ts`
 * @param session its evaluator must be of the envelope that the types are of
 */
export function actingOn<Acting extends AnyActing>(session: Session, guard: Guard, caller: Caller): Acting {
  /** Whatever else an object says, an allow is a verdict that was given here, with the proposal that it was given for. */
  const given = new WeakMap<object, { readonly token: string | null; readonly proposal: string }>();
  const propose = async (call: object): Promise<SessionVerdict> => {
    const proposal = textOf(call);
    const verdict = Object.freeze(await session.propose(proposal, caller));
    if (verdict.verdict === "allow") given.set(verdict, { token: verdict.token, proposal });
    return verdict;
  };
  const execute = async (allow: object): Promise<Redeemed> => {
    const { token = null, proposal = "" } = (typeof allow === "object" && allow && given.get(allow)) || {};
    return guard.redeem(token, proposal);
  };
  const { effects } = session.evaluator.envelope;
  const executor = Object.freeze(Object.fromEntries(Object.keys(effects).map((effect) => [effect, { execute }])));
  // The types are of this very envelope, which nothing but its digest can tell a compiler.
  const acting: unknown = Object.freeze({ propose, executor });
  return acting as Acting;
}

/** What has no JSON is no proposal: the session denies it as it denies any other text. */
function textOf(call: object): string {
  try {
    return JSON.stringify(call) ?? "";
  } catch {
    return "";
  }
}
