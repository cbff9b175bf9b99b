/** For each bound of an effect: its forbid matches exactly where the bound is violated, by the statement made of the envelope itself. */
import type { PolicyText } from "../../runtime/engines/cedar/policy-text.ts";
import type { Claim, Proof } from "./claim.ts";
import { policyThat, type Scope } from "./policy-text.ts";
import type { Question } from "./question.ts";
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
  return { kind: "holds", questions: sameMatches(forbid.text, violated) };
}

/** Of long policies a solver settles two halves of the question quickly, and the whole not at all. */
function sameMatches(policy1: string, policy2: string): readonly Question[] {
  if (policy1.split("&&").length <= longestAtOnce) return [{ check: "matches-equivalent", policy1, policy2 }];
  return [
    { check: "matches-implies", policy1, policy2 },
    { check: "matches-implies", policy1: policy2, policy2: policy1 },
  ];
}

const longestAtOnce = 16;
