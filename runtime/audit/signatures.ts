/** The signatures that a ledger keeps, verified again by keys that the auditor trusts. */
import type { Envelope } from "../../schema/envelope.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { ApprovalGiven, Charge } from "../../schema/ledger.ts";
import { neededTransitions } from "../activation/transitions.ts";
import { verifyDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import type { KeyRing } from "../authority/key-ring.ts";
import type { Receipt } from "../authority/token/documents.ts";
import { verifyReceipt } from "../authority/token/receipt.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { type ApprovalContext, verifyApproval } from "../people/approval.ts";
import { payloadOf } from "../people/document.ts";
import type { People } from "../people/registry.ts";
import { twoKeys } from "../people/two-keys.ts";
import { attempt } from "./attempt.ts";
import { differenceOf } from "./difference.ts";
import { type Finding, signatureMissing, signatureWrong } from "./finding.ts";
import type { Resumptions } from "./resumptions.ts";

export interface Trust {
  /** Those of who issues envelopes, and of the executors that sign receipts. */
  readonly keys?: KeyRing | undefined;
  readonly people?: People | undefined;
}

/** What the session knows of where the record stands. */
export interface Standing {
  /** The one that was activated; undefined where it cannot be read. */
  readonly envelope: Envelope | undefined;
  /** What was reserved for the call that the record settles, by bound; undefined for every other record. */
  readonly reserved: ReadonlyMap<string, Charge> | undefined;
  readonly resumptions: Resumptions;
}

/** Undefined where the record bears no signature that can be verified with what is given. The promise may be rejected. */
export function verifySignatures(
  record: LedgerRecord,
  { envelope, reserved, resumptions }: Standing,
  { keys, people }: Trust,
): Promise<Finding | undefined> | undefined {
  switch (record.type) {
    case "activated":
      return keys === undefined && people === undefined ? undefined : activation(record, envelope, { keys, people });
    case "settled":
      return keys === undefined || record.body.receipt === undefined
        ? undefined
        : receipt(record, record.body.receipt, keys, reserved);
    case "approval":
      return people === undefined ? undefined : approval(record.seq, record.body, people, contextOf(record));
    case "resumed":
      return people === undefined ? undefined : resumptions.check(record, people);
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
  return (
    lacking &&
    signatureMissing(record.seq, `activates without two keys for \`${lacking.transition}\`: ${lacking.because}`)
  );
}

async function envelopeSigned({ seq, body }: LedgerRecord<"activated">, keys: KeyRing): Promise<Finding | undefined> {
  if (body.signatures.length === 0) return signatureMissing(seq, "activates an envelope that nobody has signed");
  const parsed = parseJson(body.document);
  if (!parsed.ok) return signatureWrong(seq, "has a document that is no JSON: nobody can have signed it");
  const payload = attempt(() => payloadOf(toValue(parsed.root)));
  if (payload === undefined)
    return signatureWrong(seq, "has a document without a canonical form: nobody can have signed it");
  for (const jws of body.signatures) {
    const verified = await verifyDetached(jws, keys, typOf.envelope, payload);
    if (!verified.ok) return signatureWrong(seq, `has an envelope whose signature does not hold: ${verified.message}`);
  }
  return undefined;
}

async function receipt(
  { seq, body }: LedgerRecord<"settled">,
  jws: string,
  keys: KeyRing,
  reserved: Standing["reserved"],
): Promise<Finding | undefined> {
  const verified = await verifyReceipt(jws, keys, { jti: body.jti });
  if (!verified.ok) return signatureWrong(seq, `has a receipt that does not hold: ${verified.message}`);
  const { outcome } = verified.receipt;
  const amounts = chargedBy(verified.receipt, reserved);
  const difference = differenceOf({ outcome, amounts }, { outcome: body.outcome, amounts: body.amounts });
  return difference === undefined
    ? undefined
    : signatureWrong(seq, `settles \`${difference}\` otherwise than its receipt says`);
}

/** The amounts that a receipt speaks of; what may have happened is charged in full, so that it gives nothing back. */
function chargedBy({ outcome, amounts }: Receipt, reserved: Standing["reserved"]): Receipt["amounts"] {
  if (outcome !== "unknown") return amounts;
  const least = (bound: string) => reserved?.get(bound)?.amount ?? 0;
  return Object.fromEntries(Object.entries(amounts).filter(([bound, amount]) => amount >= least(bound)));
}

async function approval(
  seq: number,
  given: Readonly<ApprovalGiven>,
  people: People,
  context: ApprovalContext,
): Promise<Finding | undefined> {
  const verified = await verifyApproval(given.jws, people, context);
  if (!verified.ok) return signatureWrong(seq, `has an approval that does not hold: ${verified.message}`);
  const difference = differenceOf(verified.approval, given);
  return difference === undefined
    ? undefined
    : signatureWrong(seq, `says \`${difference}\` otherwise than what was signed`);
}

function contextOf({ envelope, session, at }: LedgerRecord): ApprovalContext {
  return { envelope, session, now: at, isPast: true };
}
