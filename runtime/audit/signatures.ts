/** The signatures that a ledger keeps, verified again by keys that the auditor trusts. */
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { neededTransitions } from "../activation/transitions.ts";
import { verifyDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import type { KeyRing } from "../authority/key-ring.ts";
import { verifyReceipt } from "../authority/token/receipt.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { type ApprovalContext, verifyApproval } from "../people/approval.ts";
import type { People } from "../people/registry.ts";
import { twoKeys } from "../people/two-keys.ts";
import { differenceOf } from "./difference.ts";
import type { Finding } from "./finding.ts";

export interface Trust {
  /** Those of who issues envelopes, and of the executors that sign receipts. */
  readonly keys?: KeyRing | undefined;
  readonly people?: People | undefined;
}

/**
 * Undefined where the record bears no signature that can be verified with what is given.
 *
 * @param envelope the one that was activated; undefined where it cannot be read
 */
export function verifySignatures(
  record: LedgerRecord,
  envelope: Envelope | undefined,
  { keys, people }: Trust,
): Promise<Finding | undefined> | undefined {
  switch (record.type) {
    case "activated":
      return keys === undefined && people === undefined ? undefined : activation(record, envelope, { keys, people });
    case "settled":
      return keys === undefined || record.body.receipt === undefined
        ? undefined
        : receipt(record, record.body.receipt, keys);
    case "approval":
      return people === undefined ? undefined : approval(record.seq, record.body, people, contextOf(record));
    default:
      return undefined;
  }
}

async function activation(
  record: LedgerRecord<"activated">,
  envelope: Envelope | undefined,
  { keys, people }: Trust,
): Promise<Finding | undefined> {
  const signed = keys === undefined ? undefined : await envelopeSigned(record, keys);
  if (signed !== undefined || people === undefined) return signed;
  const { approvals = [] } = record.body;
  // At its activation a session has no name yet that an approval could be for.
  const context = { ...contextOf(record), session: undefined };
  for (const given of approvals) {
    const problem = await approval(record.seq, given, people, context);
    if (problem !== undefined) return problem;
  }
  const lacking = (envelope === undefined ? [] : neededTransitions(envelope)).find(
    ({ transition }) => !twoKeys(approvals.filter((given) => given.transition === transition)),
  );
  return lacking && missing(record.seq, `activates without two keys for \`${lacking.transition}\`: ${lacking.because}`);
}

async function envelopeSigned({ seq, body }: LedgerRecord<"activated">, keys: KeyRing): Promise<Finding | undefined> {
  if (body.signatures.length === 0) return missing(seq, "activates an envelope that nobody has signed");
  const parsed = parseJson(body.document);
  if (!parsed.ok) return wrong(seq, "has a document that is no JSON: nobody can have signed it");
  const payload = new TextEncoder().encode(canonicalJson(toValue(parsed.root)));
  for (const jws of body.signatures) {
    const verified = await verifyDetached(jws, keys, typOf.envelope, payload);
    if (!verified.ok) return wrong(seq, `has an envelope whose signature does not hold: ${verified.message}`);
  }
  return undefined;
}

async function receipt(
  { seq, body }: LedgerRecord<"settled">,
  jws: string,
  keys: KeyRing,
): Promise<Finding | undefined> {
  const verified = await verifyReceipt(jws, keys, { jti: body.jti });
  if (!verified.ok) return wrong(seq, `has a receipt that does not hold: ${verified.message}`);
  const { outcome, amounts } = verified.receipt;
  const difference = differenceOf({ outcome, amounts }, { outcome: body.outcome, amounts: body.amounts });
  return difference === undefined ? undefined : wrong(seq, `settles \`${difference}\` otherwise than its receipt says`);
}

async function approval(
  seq: number,
  given: Readonly<ApprovalGiven>,
  people: People,
  context: ApprovalContext,
): Promise<Finding | undefined> {
  const verified = await verifyApproval(given.jws, people, context);
  if (!verified.ok) return wrong(seq, `has an approval that does not hold: ${verified.message}`);
  const difference = differenceOf(verified.approval, given);
  return difference === undefined ? undefined : wrong(seq, `says \`${difference}\` otherwise than what was signed`);
}

function contextOf({ envelope, session, at }: LedgerRecord): ApprovalContext {
  return { envelope, session, now: at };
}

function wrong(seq: number, what: string): Finding {
  return { code: "SIGNATURE_WRONG", seq, message: `record ${seq} ${what}` };
}

function missing(seq: number, what: string): Finding {
  return { code: "SIGNATURE_MISSING", seq, message: `record ${seq} ${what}` };
}
