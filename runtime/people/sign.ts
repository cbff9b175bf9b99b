/** Signatures over registries, approvals and orders, as files hold them. */

import type { ApprovalPayload, OrderPayload, PeopleDocuments } from "../../schema/people.ts";
import { type DetachedSignature, signDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import type { Signer } from "../authority/keys.ts";
import { type DocumentKind, payloadOf } from "./document.ts";

/**
 * @param earlier signatures of others over the same document, which stay
 * @returns the text of the file
 * @throws what the signer rejects with
 */
export async function signPeopleDocument<K extends DocumentKind>(
  signer: Signer,
  kind: K,
  document: PeopleDocuments[K],
  earlier: readonly DetachedSignature[] = [],
): Promise<string> {
  const signature = await signDetached(signer, typOf[kind], payloadOf(document));
  return `${JSON.stringify({ [kind]: document, jws: { signatures: [...earlier, signature] } }, null, 2)}\n`;
}

/**
 * @returns the text of the file
 * @throws what the signer rejects with
 */
export function signApproval(signer: Signer, payload: ApprovalPayload): Promise<string> {
  return signPeopleDocument(signer, "approval", payload);
}

/**
 * @returns the text of the file
 * @throws what the signer rejects with
 */
export function signOrder(signer: Signer, payload: OrderPayload): Promise<string> {
  return signPeopleDocument(signer, "order", payload);
}
