/** A token as a gateway gives it, and the means to give others. */
import { type KeyRing, makeKeyRing } from "../../runtime/authority/key-ring.ts";
import type { PublicKey, Signer } from "../../runtime/authority/keys.ts";
import type { AuthorityClaims, Receipt } from "../../runtime/authority/token/documents.ts";
import { tokenType } from "../../runtime/authority/token/sign.ts";
import { sha256 } from "../../schema/json/canonical.ts";

/** A second in which the token below is good. */
export const issuedAt = 1_708_007_695;

export const claims: AuthorityClaims = {
  iss: "gateway-1",
  sub: "agent:s7",
  aud: "executor-1",
  iat: issuedAt,
  nbf: issuedAt,
  exp: issuedAt + 30,
  jti: "iQNCMQQ0sUS8Iz7TDqZHm1QrwLhQRGEB0pPLbMeUMqk",
  env: sha256("envelope"),
  pol: sha256("policy"),
  prp: sha256("proposal"),
  req: sha256("request"),
  scp: {
    effect: "place_order",
    tool: "broker.place_order",
    fields: {
      symbol: "MNQ",
      qty: 2,
      urgent: false,
      host: { value: "a.example", under: ["a.example", "example"] },
      hosts: { count: 1, items: ["a.example"], under: [["a.example", "example"]] },
      legs: { min: -1.5, max: 7 },
    },
  },
  seq: 17,
};

export const receipt: Receipt = {
  jti: claims.jti,
  outcome: "executed",
  amounts: { "budgets/spend": 124, "effects/place_order/session/qty": 0 },
  at: issuedAt * 1000 + 250,
};

export const expected = { iss: claims.iss, aud: claims.aud, now: issuedAt * 1000 };

export const header = (kid: string): Readonly<Record<string, unknown>> => ({ alg: "EdDSA", kid, typ: tokenType });

export const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString("base64url");

/** Signs whatever stands there, in the form in which it stands there: what `signToken` refuses to. */
export async function signText(signer: Signer, head: string, payload: string): Promise<string> {
  const signed = `${base64url(head)}.${base64url(payload)}`;
  return `${signed}.${base64url(await signer.sign(new TextEncoder().encode(signed)))}`;
}

export function signParts(signer: Signer, head: unknown, payload: unknown): Promise<string> {
  return signText(signer, JSON.stringify(head), JSON.stringify(payload));
}

/** @throws Error where there is no such ring */
export function ringOf(...keys: readonly PublicKey[]): KeyRing {
  const made = makeKeyRing(keys);
  if (!made.ok) throw new Error(made.reason);
  return made.ring;
}
