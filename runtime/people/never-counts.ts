/** Statements that verify nowhere, whoever signs them: they are refused before they are signed (SPEC §9). */
import type { ApprovalPayload, OrderPayload } from "../../schema/people.ts";

/** The rest of a sentence that begins with the statement; undefined where it can count somewhere. */
export function neverCounts(statement: ApprovalPayload | OrderPayload): string | undefined {
  if (statement.exp <= statement.iat) return "never counts: `exp` must be later than `iat`";
  if ("order" in statement) return undefined;
  if (!isOfOneThing(statement))
    return "never counts: an approval is of a bound of one proposal (`bound`, `proposalHash`, `session`), or of a `transition`";
  if (statement.bound !== undefined && statement.session === undefined)
    return "never counts: it is of a bound, and names no `session`";
  return undefined;
}

/** Either of a bound of one proposal, or of a transition. */
export function isOfOneThing({ bound, proposalHash, transition }: ApprovalPayload): boolean {
  return (bound === undefined) === (proposalHash === undefined) && (bound === undefined) !== (transition === undefined);
}
