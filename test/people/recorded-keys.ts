/** The two keys of an activation as a ledger has them, where no test asks who signed: nobody did. */
import { neededTransitions } from "../../runtime/activation/transitions.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";

/** @param at epoch milliseconds */
export function recordedKeys(envelope: Envelope, at: number): { readonly approvals?: ApprovalGiven[] } {
  const iat = Math.floor(at / 1000);
  const approvals = neededTransitions(envelope).flatMap(({ transition }) =>
    ["operator", "risk"].map((role): ApprovalGiven => {
      const digest = `sha256:${"0".repeat(64)}`;
      const person = `${role}@example.org`;
      return {
        jws: "{}",
        digest,
        kid: role,
        person,
        roles: [role],
        decision: "approve",
        transition,
        iat,
        exp: iat + 60,
      };
    }),
  );
  return approvals.length === 0 ? {} : { approvals };
}

/**
 * What lifts a freeze, as a ledger has it.
 *
 * @param end of the session
 * @param at epoch milliseconds
 */
export function recordedResumption(
  { envelope, session }: { readonly envelope: string; readonly session: string },
  at: number,
): { readonly approvals: string[]; readonly reason: string } {
  const iat = Math.floor(at / 1000);
  const approvals = ["operator", "risk"].map((role) => {
    const decided = { transition: "resume", decision: "approve", roles: [role], iat, exp: iat + 60 };
    return JSON.stringify({ approval: { envelope, session, ...decided }, jws: { signatures: [] } });
  });
  return { approvals, reason: "looked at" };
}
