/** A person's order to one session, signed now, and verified as the audit will verify it. */
import type { Signer } from "../../runtime/authority/keys.ts";
import type { PeopleInForce } from "../../runtime/ledger/people-in-force.ts";
import { readDocument } from "../../runtime/people/document.ts";
import { type VerifiedOrder, verifyOrder } from "../../runtime/people/order.ts";
import type { People } from "../../runtime/people/registry.ts";
import { signOrder } from "../../runtime/people/sign.ts";
import { peopleInForce } from "../../runtime/session/holds/people.ts";
import type { OrderPayload } from "../../schema/people.ts";
import { UsageError } from "../io.ts";

export interface Orderer {
  readonly signer: Signer;
  readonly people: People;
  /** All that the key has, where it is undefined. */
  readonly roles: readonly string[] | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Where the session stands. */
export interface OrderedSession {
  readonly envelope: string;
  readonly session: string;
  /** When its last record was written; epoch milliseconds. */
  readonly at: number;
}

/**
 * @param inForce those of the ledger, who must know the key as well: what one registry has revoked, an older file does not bring back
 * @param seconds how long it counts; it is carried out now
 * @throws UsageError for roles or a reason that are none
 */
export async function signedOrder(
  { signer, people, roles, now }: Orderer,
  { envelope, session, at }: OrderedSession,
  inForce: PeopleInForce | undefined,
  what: Pick<OrderPayload, "order" | "reason">,
  seconds: number,
): Promise<VerifiedOrder> {
  const key = people.find(signer.kid);
  if (key === undefined)
    return { ok: false, code: "ORDER_KEY", message: `the registry does not have the key \`${signer.kid}\`` };
  // Where the ledger's clock is ahead, it is recorded under the time of there.
  const recordedAt = Math.max(now, at);
  const read = readDocument("order", {
    ...what,
    envelope,
    session,
    roles: [...(roles ?? key.roles)],
    iat: Math.floor(now / 1000),
    exp: Math.floor(recordedAt / 1000) + seconds,
  });
  if (!read.ok) throw new UsageError(`what was asked for ${read.reason}`);
  const text = await signOrder(signer, read.document);
  const context = { envelope, session, now: recordedAt };
  const verified = await verifyOrder(text, people, context);
  const ledgers = verified.ok ? await peopleInForce(inForce) : undefined;
  const again = ledgers === undefined ? verified : await verifyOrder(text, ledgers, context);
  return again.ok
    ? again
    : { ...again, message: ledgers === undefined ? again.message : `${again.message}; ${whose(ledgers)}` };
}

function whose({ digest }: People): string {
  return `so says the registry that is in force in the ledger, ${digest}`;
}
