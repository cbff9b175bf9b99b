/** What the executor signs after the effect: the only thing that a charge falls for below its reservation (SPEC §7). */
import { signCompact, verifyCompact } from "../jws/compact.ts";
import type { KeyRing } from "../key-ring.ts";
import type { Signer } from "../keys.ts";
import { isReceipt, type Receipt } from "./documents.ts";

export const receiptType = "ambit-receipt+jwt";

export type ReceiptDenial =
  | "RECEIPT_MALFORMED"
  | "RECEIPT_TYPE"
  | "RECEIPT_ALGORITHM"
  | "RECEIPT_KEY"
  | "RECEIPT_SIGNATURE"
  /** Of another call. */
  | "RECEIPT_TOKEN";

export interface DeniedReceipt {
  readonly ok: false;
  readonly code: ReceiptDenial;
  /** One sentence. */
  readonly message: string;
  /** The token that it is of, where it is signed as it must be and of another call. */
  readonly jti?: string;
}

export type VerifiedReceipt = { readonly ok: true; readonly receipt: Receipt; readonly kid: string } | DeniedReceipt;

/** @throws Error for what is no receipt; what the executor's signer rejects with */
export async function signReceipt(signer: Signer, receipt: Receipt): Promise<string> {
  if (!isReceipt(receipt)) throw new Error("the document is no receipt");
  return signCompact(signer, receiptType, receipt);
}

/**
 * Never rejects, whatever comes in.
 *
 * @param keys those of the executor, and of nobody else
 * @param expected the token that was redeemed
 */
export async function verifyReceipt(
  jws: unknown,
  keys: KeyRing,
  expected: { readonly jti: string },
): Promise<VerifiedReceipt> {
  const verified = await verifyCompact(jws, keys, receiptType);
  if (!verified.ok) return deny(codes[verified.code], verified.message);
  const { document: receipt, kid } = verified;
  if (!isReceipt(receipt)) return deny("RECEIPT_MALFORMED", "the payload is no receipt");
  if (receipt.jti !== expected.jti)
    return { ...deny("RECEIPT_TOKEN", "the receipt is of another token"), jti: receipt.jti };
  return { ok: true, receipt, kid };
}

const codes = {
  JWS_MALFORMED: "RECEIPT_MALFORMED",
  JWS_TYPE: "RECEIPT_TYPE",
  JWS_ALGORITHM: "RECEIPT_ALGORITHM",
  JWS_KEY: "RECEIPT_KEY",
  JWS_SIGNATURE: "RECEIPT_SIGNATURE",
} as const;

function deny(code: ReceiptDenial, message: string): DeniedReceipt {
  return { ok: false, code, message };
}
