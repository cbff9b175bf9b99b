/** What people have refused is denied: for good, and for that proposal alone (SPEC §9). */
import { pointerOf } from "../../../schema/bound-pointer.ts";
import type { Verdict, Violation } from "../../../schema/verdict.ts";
import type { Evaluator } from "../../evaluator.ts";
import { liftedBy, refusalsOf, saidOf } from "../../ledger/facts/approvals.ts";
import type { SessionState } from "../../ledger/state.ts";
import { quote } from "../../messages/show.ts";
import { own } from "../../own.ts";

/** The verdict on a call that the engines hold, once somebody who could have approved it has refused. */
export function afterRefusals(
  { envelope }: Evaluator,
  state: SessionState,
  verdict: Verdict,
  proposalHash: string,
): Verdict {
  const name = verdict.effect ?? "";
  const effect = own(envelope.effects, name);
  if (effect === undefined || !state.refusals.has(proposalHash)) return verdict;
  const said = saidOf(state, proposalHash);
  const refused = liftedBy(name, effect).flatMap(({ bound, roles }): Violation[] => {
    const [first] = refusalsOf(bound, roles, said);
    if (first === undefined) return [];
    const message = `${quote(first.person)} has refused this call, which is final: it takes another proposal`;
    return [{ id: bound, code: "APPROVAL_REFUSED", pointer: pointerOf(bound, envelope), message }];
  });
  return withRefusals(verdict, refused);
}

/**
 * A hold by a bound that was refused is a deny by it; every other verdict stays as it is.
 *
 * @param refused those that say so; what is recorded of them, where a verdict is judged again
 */
export function withRefusals(verdict: Verdict, refused: readonly Violation[]): Verdict {
  const standing = refused.filter(({ id }) => verdict.violations.some((violation) => violation.id === id));
  const [primary] = standing;
  if (verdict.verdict !== "hold" || primary === undefined) return verdict;
  const others = verdict.violations.filter(({ id }) => !standing.some((violation) => violation.id === id));
  const { code, id } = primary;
  return { ...verdict, verdict: "deny", code, primary: id, violations: [...standing, ...others] };
}
