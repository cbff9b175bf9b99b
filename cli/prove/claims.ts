/** What is claimed about each action of an envelope's policies: its effects, and the actions that grant nothing. */

import type { PolicyText } from "../../runtime/engines/cedar/policy-text.ts";
import { reservedAction } from "../../schema/cedar/names.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { boundClaims } from "./bound-claims.ts";
import type { Claim, Proof } from "./claim.ts";
import { encodable } from "./encodable.ts";
import { type AtAction, type Emitted, policiesAt } from "./policies.ts";
import { policyThat } from "./policy-text.ts";
import { anyOf, type Statement } from "./violation/statement.ts";
import type { Violation } from "./violation/violation.ts";
import { violationsOf } from "./violation/violations.ts";

/** Sorted by action; the reserved action, for tools that no effect reaches, comes first. */
export function claimsOf(emitted: Emitted): readonly Claim[] {
  const named = emitted.policies.flatMap(({ actions = [] }) => actions);
  const actions = new Set([...Object.keys(emitted.envelope.effects), reservedAction, ...named]);
  return [...actions].sort(codePointCompare).flatMap((action) => claimsAt(emitted, action));
}

function claimsAt(emitted: Emitted, action: string): readonly Claim[] {
  const { effects } = emitted.envelope;
  const effect = Object.hasOwn(effects, action) ? effects[action] : undefined;
  const at = policiesAt(emitted, action);
  const violations = effect === undefined ? [] : violationsOf(emitted.envelope, action, effect);
  return [
    ...neverErrs(action, [...at.permits, ...at.forbids]),
    ...(at.permits.length > 0 ? grantClaims(emitted, action, at, violations) : [alwaysDenied(action, at)]),
    ...(effect === undefined ? [] : boundClaims({ action, digest: emitted.digest }, at, violations)),
    ...(effect === undefined || at.permits.length > 0 ? [] : [neverAllowed(action, violations)]),
  ];
}

function neverErrs(action: string, policies: readonly PolicyText[]): readonly Claim[] {
  return policies.map(({ id, text }) => ({
    action,
    kind: "never_errs",
    about: id,
    by: { kind: "holds", question: { check: "never-errors", policies: text } },
  }));
}

function grantClaims(
  { digest, contexts, vectors }: Emitted,
  action: string,
  { permits, forbids }: AtAction,
  violations: readonly Violation[],
): readonly Claim[] {
  const [permit, ...others] = permits;
  const about = permits.map(({ id }) => id).join(", ");
  if (permit === undefined || others.length > 0) {
    return [{ action, kind: "equivalent", about, by: { kind: "plain", holds: false, reason: "more than one permit" } }];
  }
  const scope = { action, digest };
  const context = contexts.get(action);
  const isRequest = context === undefined ? true : encodable(context);
  const unlessForbidden = [policyThat(scope, true, "permit"), ...forbids.map(({ text }) => text)].join("\n");
  return [
    {
      action,
      kind: "equivalent",
      about,
      by: {
        kind: "holds",
        question: { check: "equivalent", policies1: permit.text, policies2: unlessForbidden },
      },
    },
    ...circumstancesOf(violations).map(
      ([circumstance, statement]): Claim => ({
        action,
        kind: "always_denied",
        about: circumstance,
        by: {
          kind: "holds",
          question: { check: "matches-disjoint", policy1: permit.text, policy2: policyThat(scope, statement) },
        },
      }),
    ),
    {
      action,
      kind: "not_vacuous",
      about: "the solver's example",
      by: {
        kind: "example",
        question: { check: "matches-disjoint", policy1: permit.text, policy2: policyThat(scope, isRequest) },
      },
    },
    ...(vectors === undefined ? [] : [vectorAllowed(action, vectors.get(action))]),
  ];
}

function vectorAllowed(action: string, request: HostileRequest | undefined): Claim {
  const by: Proof =
    request === undefined
      ? { kind: "plain", holds: false, reason: "no boundary vector of it is allowed" }
      : { kind: "request", request };
  return { action, kind: "not_vacuous", about: "a boundary vector", by };
}

/** The circumstances that end everything, by the bounds that are violated in them. */
const circumstances: ReadonlyMap<string, readonly string[]> = new Map([
  ["killed", ["kill"]],
  ["halted", ["halt"]],
  ["inactive", ["phase"]],
  ["expired", ["validity/not_before", "validity/expires_at", "validity/duration"]],
  ["wrong principal", ["principal"]],
]);

function circumstancesOf(violations: readonly Violation[]): readonly (readonly [string, Statement])[] {
  return Array.from(circumstances, ([circumstance, ids]) => [
    circumstance,
    anyOf(...violations.filter(({ id }) => ids.includes(id)).map(({ statement }) => statement)),
  ]);
}

function alwaysDenied(action: string, { forbids }: AtAction): Claim {
  const policies = forbids.map(({ text }) => text).join("\n");
  return {
    action,
    kind: "always_denied",
    about: "nothing is permitted",
    by: { kind: "holds", question: { check: "always-denies", policies } },
  };
}

/** An effect without a permit has a bound that no request keeps. */
function neverAllowed(action: string, violations: readonly Violation[]): Claim {
  const never = violations.filter(({ statement }) => statement === true).map(({ id }) => id);
  const reason = never.length > 0 ? `never allowed: no request keeps ${never.join(", ")}` : "it has no permit";
  return { action, kind: "not_vacuous", about: "no permit", by: { kind: "plain", holds: never.length > 0, reason } };
}
