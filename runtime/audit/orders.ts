/** People's orders in records, verified again: whose they are, and whether they counted then. */
import type { OrderPayload } from "../../schema/people.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { readSigned } from "../people/document.ts";
import { verifyOrder } from "../people/order.ts";
import type { People } from "../people/registry.ts";
import { type Finding, signatureWrong } from "./finding.ts";

/**
 * That it is an order to do this very thing, the fold has seen.
 *
 * @param stoppedAt when the session came to its end; undefined before
 */
export async function checkOrder(
  { seq, at, envelope, session }: LedgerRecord,
  what: OrderPayload["order"],
  by: string,
  people: People,
  stoppedAt: number | undefined,
): Promise<Finding | undefined> {
  const now = what === "close" ? carriedOutAt(by, at, stoppedAt) : at;
  const verified = await verifyOrder(by, people, { envelope, session, now, isPast: true });
  if (!verified.ok) return signatureWrong(seq, `has an order that does not hold: ${verified.message}`);
  const { text, payload } = verified.order;
  if (payload.order !== what) return signatureWrong(seq, `has an order to ${payload.order}`);
  return text === by ? undefined : signatureWrong(seq, "has an order in another form than its canonical one");
}

/** An order to close is carried out as the session stops: how long the checks take after that is not for who gives it to say. */
function carriedOutAt(by: string, at: number, stoppedAt: number | undefined): number {
  const read = readSigned("order", by);
  const signedAt = read.ok ? read.signed.document.iat * 1000 : at;
  return Math.min(at, Math.max(stoppedAt ?? at, signedAt));
}
