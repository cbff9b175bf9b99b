/** Why a JWS is not believed. */
export type JwsDenialCode =
  /** No JWS in the one form that is taken: other members, padding, no strict JSON, too large. */
  | "JWS_MALFORMED"
  /** Signed for another purpose. */
  | "JWS_TYPE"
  | "JWS_ALGORITHM"
  /** No key of that name is trusted. */
  | "JWS_KEY"
  /** Not the signature of the key that it names. */
  | "JWS_SIGNATURE";

export interface JwsDenial {
  readonly ok: false;
  readonly code: JwsDenialCode;
  /** One sentence. */
  readonly message: string;
}

export function denyJws(code: JwsDenialCode, message: string): JwsDenial {
  return { ok: false, code, message };
}
