/** One signature over one small document, as one line: tokens and receipts (RFC 7515, section 7.1). */
import { compactVerify } from "jose";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import { defaultMaxDepth } from "../../../schema/json/depth.ts";
import { toValue } from "../../../schema/json/value.ts";
import { readStrictly } from "../../decode/strict.ts";
import type { KeyRing } from "../key-ring.ts";
import type { Signer } from "../keys.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";
import { denyJws, type JwsDenial } from "./denial.ts";
import { algorithm, readHeader, writeHeader } from "./header.ts";
import { signParts } from "./sign.ts";

/** The longest line that is signed or looked at: 1 MiB. */
const maxCompactLength = 1_048_576;

/** The document is undefined where what was signed is no strict JSON. */
export type VerifiedCompact = { readonly ok: true; readonly kid: string; readonly document: unknown } | JwsDenial;

/** @throws Error where the line would be too long, or the payload has no JCS form; what the signer rejects with */
export async function signCompact(signer: Signer, typ: string, payload: object): Promise<string> {
  const header = writeHeader(signer.kid, typ);
  const body = encodeBase64url(canonicalJson(payload));
  const line = `${header}.${body}.${await signParts(signer, header, body)}`;
  if (line.length > maxCompactLength) throw new Error(`the JWS would be longer than ${maxCompactLength} characters`);
  return line;
}

/** Never rejects. The header is judged before the key is looked up, and the payload is not read before the signature is. */
export async function verifyCompact(jws: unknown, keys: KeyRing, typ: string): Promise<VerifiedCompact> {
  if (typeof jws !== "string") return denyJws("JWS_MALFORMED", "a compact JWS is a text");
  if (jws.length > maxCompactLength)
    return denyJws("JWS_MALFORMED", `the JWS is longer than ${maxCompactLength} characters`);
  const parts = jws.split(".", 4);
  const [header = "", body = "", signature = ""] = parts;
  const isShaped = parts.length === 3 && body !== "";
  if (!isShaped || decodeBase64url(body) === undefined || decodeBase64url(signature) === undefined)
    return denyJws("JWS_MALFORMED", "the text is not three parts of base64url with dots between them");
  const read = readHeader(header, typ);
  if (!read.ok) return read;
  const key = keys.find(read.kid);
  if (key === undefined) return denyJws("JWS_KEY", "the JWS names a key that is not trusted");
  try {
    const { payload } = await compactVerify(jws, key.key, { algorithms: [algorithm] });
    return { ok: true, kid: key.kid, document: documentOf(payload) };
  } catch {
    return denyJws("JWS_SIGNATURE", `the signature is not that of the key \`${key.kid}\``);
  }
}

function documentOf(payload: Uint8Array): unknown {
  const root = readStrictly(payload, defaultMaxDepth, maxCompactLength);
  return typeof root === "string" ? undefined : toValue(root);
}
