import { verifyCompact } from "../jws/compact.ts";
import type { KeyRing } from "../key-ring.ts";
import { type AuthorityClaims, isClaims } from "./documents.ts";
import { lifetimeProblem } from "./lifetime.ts";
import { tokenType } from "./sign.ts";

export type TokenDenial =
  | "TOKEN_MALFORMED"
  | "TOKEN_TYPE"
  | "TOKEN_ALGORITHM"
  | "TOKEN_KEY"
  | "TOKEN_SIGNATURE"
  | "TOKEN_ISSUER"
  | "TOKEN_AUDIENCE"
  | "TOKEN_NOT_YET_VALID"
  | "TOKEN_EXPIRED"
  | "TOKEN_LIFETIME";

export interface DeniedToken {
  readonly ok: false;
  readonly code: TokenDenial;
  /** One sentence. */
  readonly message: string;
}

export type VerifiedToken = { readonly ok: true; readonly claims: AuthorityClaims; readonly kid: string } | DeniedToken;

export interface ExpectedToken {
  /** The gateway whose verdicts are believed. */
  readonly iss: string;
  /** The executor that asks. */
  readonly aud: string;
  /** Epoch milliseconds; no skew is allowed for. */
  readonly now: number;
}

/**
 * Never rejects, whatever comes in. The signature is verified before a claim is read; that the proposal is the one in the
 * token, and that the token is redeemed once, is for the caller to see to.
 */
export async function verifyToken(token: unknown, keys: KeyRing, expected: ExpectedToken): Promise<VerifiedToken> {
  const verified = await verifyCompact(token, keys, tokenType);
  if (!verified.ok) return deny(codes[verified.code], verified.message);
  const { document: claims, kid } = verified;
  if (!isClaims(claims)) return deny("TOKEN_MALFORMED", "the payload is not the claims of an authority token");
  return denialOf(claims, expected) ?? { ok: true, claims, kid };
}

const codes = {
  JWS_MALFORMED: "TOKEN_MALFORMED",
  JWS_TYPE: "TOKEN_TYPE",
  JWS_ALGORITHM: "TOKEN_ALGORITHM",
  JWS_KEY: "TOKEN_KEY",
  JWS_SIGNATURE: "TOKEN_SIGNATURE",
} as const;

/** Valid if and only if nbf ≤ now < exp. */
function denialOf(claims: AuthorityClaims, { iss, aud, now }: ExpectedToken): DeniedToken | undefined {
  if (claims.iss !== iss) return deny("TOKEN_ISSUER", "the token was given by another gateway");
  if (claims.aud !== aud) return deny("TOKEN_AUDIENCE", "the token is for another executor");
  const wrong = lifetimeProblem(claims);
  if (wrong !== undefined) return deny("TOKEN_LIFETIME", wrong);
  return tokenLapse(claims, now);
}

/** @param now epoch milliseconds; what is no number confirms nothing */
export function tokenLapse(claims: Pick<AuthorityClaims, "nbf" | "exp">, now: number): DeniedToken | undefined {
  if (!(claims.nbf * 1000 <= now)) return deny("TOKEN_NOT_YET_VALID", "the token is not valid yet");
  if (!(now < claims.exp * 1000)) return deny("TOKEN_EXPIRED", "the token has expired: propose the call again");
  return undefined;
}

function deny(code: TokenDenial, message: string): DeniedToken {
  return { ok: false, code, message };
}
