/** A person's signed order to kill or to close one session, verified (SPEC §9, §10). */
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { OrderPayload } from "../../schema/people.ts";
import { reasonOf } from "../fault.ts";
import type { People } from "./registry.ts";
import { type StatementContext, type StatementProblem, verifyStatement } from "./statement.ts";

export type OrderDenial = `ORDER_${StatementProblem}`;

/** An order is for one session, which is always there. */
export interface OrderContext extends StatementContext {
  readonly session: string;
}

export interface OrderGiven {
  /** The signed document as records hold it: `{"jws", "order"}` in its canonical form. */
  readonly text: string;
  /** `sha256:<hex>` of what was signed. */
  readonly digest: string;
  readonly kid: string;
  readonly person: string;
  readonly payload: OrderPayload;
}

export type VerifiedOrder =
  | { readonly ok: true; readonly order: OrderGiven }
  /** `message` is one sentence. */
  | { readonly ok: false; readonly code: OrderDenial; readonly message: string };

/**
 * Never rejects. What it orders is for the caller to look at; that it is used once is the ledger's concern.
 *
 * @param text `{"order": {…}, "jws": {"signatures": [one]}}`
 */
export function verifyOrder(text: string, people: People, context: OrderContext): Promise<VerifiedOrder> {
  return verify(text, people, context).catch((cause) => ({
    ok: false,
    code: "ORDER_MALFORMED",
    message: `the order cannot be verified: ${reasonOf(cause)}`,
  }));
}

/** @throws what people and contexts that are none throw */
async function verify(text: string, people: People, context: OrderContext): Promise<VerifiedOrder> {
  const verified = await verifyStatement("order", text, people, context);
  if (!verified.ok) return { ok: false, code: `ORDER_${verified.problem}`, message: verified.message };
  const { signed, signer } = verified;
  const { document: payload, jws, digest } = signed;
  const { kid, person } = signer;
  return { ok: true, order: { text: canonicalJson({ jws, order: payload }), digest, kid, person, payload } };
}
