/** A person's word on what is held: verified, and recorded once (SPEC §9). */
import type { Envelope } from "../../../schema/envelope.ts";
import type { ApprovalGiven } from "../../../schema/ledger.ts";
import { liftedBy } from "../../ledger/facts/approvals.ts";
import { quote, quoteList } from "../../messages/show.ts";
import {
  type ApprovalContext,
  type ApprovalDenial,
  isByAgent,
  type VerifiedApproval,
  verifyApproval,
} from "../../people/approval.ts";
import type { People } from "../../people/registry.ts";
import { type Appended, appendSoon } from "../append.ts";
import { clockOrLast, type Desk } from "../desk.ts";
import { peopleInForce, peopleThen } from "./people.ts";

export type Approved =
  | Appended
  /** Nothing is recorded. `message` is one sentence. */
  | { readonly outcome: "denied"; readonly code: ApproveDenial; readonly message: string };

export type ApproveDenial =
  | ApprovalDenial
  /** Nobody says who the people are. */
  | "PEOPLE_MISSING"
  /** The envelope has no such bound that people lift. */
  | "APPROVAL_BOUND"
  | "SESSION_ENDED";

/**
 * Never rejects.
 *
 * @param text `{"approval": {…}, "jws": {"signatures": [one]}}`, of a bound of one proposal
 * @param given those by whose keys it is verified; those of the ledger where they are not given. It must be good by both
 */
export async function approve(desk: Desk, text: string, given?: People): Promise<Approved> {
  const { log, options } = desk;
  const fault = await log.refresh();
  if (fault !== undefined) return { outcome: "failed", fault };
  const time = desk.now();
  if (!time.ok) return denied("APPROVAL_NOT_YET_VALID", `it cannot be told when it is recorded: ${time.message}`);
  if (time.isBeyond) return denied("SESSION_ENDED", "the envelope has ended: nothing is left to be approved");
  const { envelope, session } = log.state.end;
  const verified = await verifiedByAll(text, await peopleOf(desk, given), { envelope, session, now: time.now });
  if (verified === undefined)
    return denied("PEOPLE_MISSING", "the ledger names no registry of people: name the one that says whose keys count");
  if (!verified.ok) return denied(verified.code, verified.message);
  const { approval } = verified;
  const refusal = refusalOf(options.evaluator.envelope, approval);
  if (refusal !== undefined) return refusal;
  return appendSoon(log, options.attempts, () => ({ type: "approval", at: clockOrLast(desk), body: approval }));
}

/** Those that the caller names, that the ledger does, and that the host does: at the decision nobody counts who is not good by all. */
async function peopleOf({ log, vouched }: Desk, given: People | undefined): Promise<readonly People[]> {
  const { people } = log.state;
  const named = vouched.people && (await peopleThen(vouched.people, people));
  return [given, await peopleInForce(people), named].filter((each) => each !== undefined);
}

/** Undefined where nobody is known. */
async function verifiedByAll(
  text: string,
  judges: readonly People[],
  context: ApprovalContext,
): Promise<VerifiedApproval | undefined> {
  let verified: VerifiedApproval | undefined;
  for (const people of judges) {
    verified = await verifyApproval(text, people, context);
    if (!verified.ok) return verified;
  }
  return verified;
}

/** What nobody would count is not recorded, so that its signer learns of it. */
function refusalOf({ effects, principal }: Envelope, approval: ApprovalGiven): Approved | undefined {
  const { bound, person, roles } = approval;
  // Whatever the registry says of him.
  if (isByAgent(approval, principal))
    return denied("APPROVAL_KEY", `${quote(person)} is the agent itself, which approves nothing of its own`);
  if (bound === undefined)
    return denied("APPROVAL_BOUND", "it is of a transition: what is approved here is a bound of one proposal");
  const lifted = Object.entries(effects).flatMap(([name, effect]) => liftedBy(name, effect));
  const wanted = lifted.find((each) => each.bound === bound);
  if (wanted === undefined) return denied("APPROVAL_BOUND", `people cannot lift ${quote(bound)} in this envelope`);
  if (wanted.roles === null || roles.some((role) => wanted.roles?.includes(role))) return undefined;
  const message = `${quote(person)} decides as ${quoteList(roles)}, and ${quote(bound)} asks for ${quoteList(wanted.roles)}`;
  return denied("APPROVAL_ROLE", message);
}

function denied(code: ApproveDenial, message: string): Approved {
  return { outcome: "denied", code, message };
}
