/** Receipts and reports of evidence, verified again: each by the keys that are trusted for it, and by no others. */
import type { Charge } from "../../schema/ledger.ts";
import { verifyFeed } from "../authority/feed.ts";
import { type KeyRing, makeKeyRing } from "../authority/key-ring.ts";
import type { Receipt } from "../authority/token/documents.ts";
import { verifyReceipt } from "../authority/token/receipt.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { differenceOf } from "./difference.ts";
import { type Finding, signatureWrong } from "./finding.ts";

const made = makeKeyRing([]);

/** Who verifies envelopes and names nobody for the rest trusts nobody for the rest. */
export function noneBeside(issuers: KeyRing | undefined): KeyRing | undefined {
  return issuers === undefined || !made.ok ? undefined : made.ring;
}

/** @param reserved what was reserved for the call, by bound; undefined where that is not known */
export function receiptProblem(
  record: LedgerRecord<"settled">,
  executors: KeyRing | undefined,
  reserved: ReadonlyMap<string, Charge> | undefined,
): Promise<Finding | undefined> | undefined {
  const { receipt } = record.body;
  if (receipt === undefined || executors === undefined) return undefined;
  return executors.keys.length === 0
    ? Promise.resolve(signatureWrong(record.seq, "has a receipt, and no key of an executor is trusted"))
    : receiptLacks(record, executors, reserved).then((lacks) =>
        lacks === undefined ? undefined : signatureWrong(record.seq, lacks),
      );
}

/** What is wrong with the receipt: the rest of a sentence that begins with its record. Undefined where nothing is, or there is none. */
export async function receiptLacks(
  { body }: LedgerRecord<"settled">,
  keys: KeyRing,
  reserved: ReadonlyMap<string, Charge> | undefined,
): Promise<string | undefined> {
  if (body.receipt === undefined) return undefined;
  const verified = await verifyReceipt(body.receipt, keys, { jti: body.jti });
  if (!verified.ok) return `has a receipt that does not hold: ${verified.message}`;
  const { outcome } = verified.receipt;
  const amounts = chargedBy(verified.receipt, reserved);
  const difference = differenceOf({ outcome, amounts }, { outcome: body.outcome, amounts: body.amounts });
  return difference === undefined ? undefined : `settles \`${difference}\` otherwise than its receipt says`;
}

export function reportProblem(
  record: LedgerRecord<"evidence">,
  feeds: KeyRing | undefined,
): Promise<Finding | undefined> | undefined {
  const { jws } = record.body;
  if (jws === undefined || feeds === undefined) return undefined;
  return feeds.keys.length === 0
    ? Promise.resolve(signatureWrong(record.seq, "has a signed report, and no key of a feed is trusted"))
    : reportedBy(record, jws, feeds);
}

async function reportedBy(
  { seq, envelope, session, body }: LedgerRecord<"evidence">,
  jws: string,
  keys: KeyRing,
): Promise<Finding | undefined> {
  const verified = await verifyFeed(jws, keys, { envelope, session });
  if (!verified.ok) return signatureWrong(seq, `has a report that does not hold: ${verified.message}`);
  const { name, at, metrics = [] } = verified.report;
  const difference = differenceOf(
    { name, seenAt: at, metrics },
    { name: body.name, seenAt: body.seenAt, metrics: body.metrics ?? [] },
  );
  return difference === undefined
    ? undefined
    : signatureWrong(seq, `says \`${difference}\` otherwise than its feed has signed`);
}

/** The amounts that a receipt speaks of; what may have happened is charged in full, so that it gives nothing back. */
function chargedBy(
  { outcome, amounts }: Receipt,
  reserved: ReadonlyMap<string, Charge> | undefined,
): Receipt["amounts"] {
  if (outcome !== "unknown") return amounts;
  const least = (bound: string) => reserved?.get(bound)?.amount ?? 0;
  return Object.fromEntries(Object.entries(amounts).filter(([bound, amount]) => amount >= least(bound)));
}
