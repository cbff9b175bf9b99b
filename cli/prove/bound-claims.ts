/**
 * For each bound of an effect: its forbid matches exactly where the bound is violated, by the statement made of the envelope
 * itself; where there is no forbid, the permit does not match there.
 */
import type { PolicyText } from "../../runtime/engines/cedar/policy-text.ts";
import type { Claim, Proof } from "./claim.ts";
import type { AtAction } from "./policies.ts";
import { policyThat, type Scope } from "./policy-text.ts";
import type { Question } from "./question.ts";
import type { Statement } from "./violation/statement.ts";
import type { Violation } from "./violation/violation.ts";

export function boundClaims(
  scope: Scope,
  { permits, forbids }: AtAction,
  violations: readonly Violation[],
): readonly Claim[] {
  const ids = new Set(violations.map(({ id }) => id));
  const strangers = forbids.filter(({ id }) => !ids.has(id));
  return [
    ...violations.map(({ id, statement }) =>
      claim(scope, id, proofOf(scope, permits, forbidOf(forbids, id), statement)),
    ),
    ...strangers.map(({ id }) =>
      claim(scope, id, { kind: "plain", holds: false, reason: "the envelope has no such bound at this effect" }),
    ),
  ];
}

function claim({ action }: Scope, id: string, by: Proof): Claim {
  return { action, kind: "bound", about: id, by };
}

function forbidOf(forbids: readonly PolicyText[], bound: string): PolicyText | undefined {
  return forbids.find(({ id }) => id === bound);
}

function proofOf(
  scope: Scope,
  [permit]: readonly PolicyText[],
  forbid: PolicyText | undefined,
  statement: Statement,
): Proof {
  const violated = policyThat(scope, statement);
  const denied: Question | undefined =
    permit === undefined ? undefined : { check: "matches-disjoint", policy1: permit.text, policy2: violated };
  if (forbid === undefined) {
    if (statement === false) return { kind: "plain", holds: true, reason: "it always holds here" };
    if (denied === undefined) return { kind: "plain", holds: false, reason: "no forbid judges it" };
    return { kind: "holds", question: denied };
  }
  const question: Question = { check: "matches-equivalent", policy1: forbid.text, policy2: violated };
  return { kind: "holds", question, ...(denied === undefined ? {} : { worse: denied }) };
}
