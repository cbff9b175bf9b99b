/** For each bound of an effect: its forbid matches exactly where the bound is violated, by the statement made of the envelope itself. */
import type { PolicyText } from "../../runtime/engines/cedar/policy-text.ts";
import type { Claim, Proof } from "./claim.ts";
import { policyThat, type Scope } from "./policy-text.ts";
import type { Statement } from "./violation/statement.ts";
import type { Violation } from "./violation/violation.ts";

export function boundClaims(
  scope: Scope,
  forbids: readonly PolicyText[],
  violations: readonly Violation[],
): readonly Claim[] {
  const ids = new Set(violations.map(({ id }) => id));
  const strangers = forbids.filter(({ id }) => !ids.has(id));
  return [
    ...violations.map(({ id, statement }) => claim(scope, id, proofOf(scope, forbidOf(forbids, id), statement))),
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

function proofOf(scope: Scope, forbid: PolicyText | undefined, statement: Statement): Proof {
  if (forbid === undefined) {
    return statement === false
      ? { kind: "plain", holds: true, reason: "it always holds here" }
      : { kind: "plain", holds: false, reason: "no forbid judges it" };
  }
  const violated = policyThat(scope, statement);
  return { kind: "holds", question: { check: "matches-equivalent", policy1: forbid.text, policy2: violated } };
}
