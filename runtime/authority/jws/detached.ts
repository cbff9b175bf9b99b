/** Any number of signatures over one document that travels beside them: general JSON, detached (RFC 7515, section 7.2.1, appendix F). */
import { flattenedVerify } from "jose";
import { parseJson, toValue } from "../../../schema/json/parse.ts";
import { nodeOf } from "../../../schema/json/value.ts";
import type { KeyRing } from "../key-ring.ts";
import type { Signer } from "../keys.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";
import { denyJws, type JwsDenial } from "./denial.ts";
import { algorithm, readHeader, writeHeader } from "./header.ts";
import { signParts } from "./sign.ts";

/** Both in base64url. */
export interface DetachedSignature {
  readonly protected: string;
  readonly signature: string;
}

export interface DetachedJws {
  readonly signatures: readonly DetachedSignature[];
}

export type VerifiedDetached =
  /** One of each signature, in their order. */
  | { readonly ok: true; readonly kids: readonly string[] }
  | JwsDenial
  /** Two signatures by one key. */
  | { readonly ok: false; readonly code: "JWS_REPEATED"; readonly message: string };

/** More people never sign one document; each signature costs a verification. */
const maxSignatures = 64;

/**
 * @param payload the JCS form of the document
 * @throws what the signer rejects with; Error where it does not answer with a signature
 */
export async function signDetached(signer: Signer, typ: string, payload: Uint8Array): Promise<DetachedSignature> {
  const header = writeHeader(signer.kid, typ);
  return { protected: header, signature: await signParts(signer, header, encodeBase64url(payload)) };
}

/**
 * Never rejects. Every signature must be good: who adds one that is not has changed the document.
 *
 * @param jws `{"signatures": [{"protected", "signature"}, …]}`, as text or as it came out of JSON; no `payload`, no `header`
 * @param payload the JCS form of the document
 */
export async function verifyDetached(
  jws: unknown,
  keys: KeyRing,
  typ: string,
  payload: Uint8Array,
): Promise<VerifiedDetached> {
  const signatures = readSignatures(jws);
  if (signatures === undefined)
    return denyJws(
      "JWS_MALFORMED",
      'the JWS is not `{"signatures": [{"protected", "signature"}, …]}` without other members',
    );
  const kids: string[] = [];
  const body = encodeBase64url(payload);
  for (const signature of signatures) {
    const verified = await verifyOne(signature, keys, typ, body);
    if (!verified.ok) return verified;
    if (kids.includes(verified.kid))
      return { ok: false, code: "JWS_REPEATED", message: `the key \`${verified.kid}\` signed twice` };
    kids.push(verified.kid);
  }
  return { ok: true, kids };
}

async function verifyOne(
  signature: DetachedSignature,
  keys: KeyRing,
  typ: string,
  payload: string,
): Promise<{ readonly ok: true; readonly kid: string } | JwsDenial> {
  if (decodeBase64url(signature.signature) === undefined)
    return denyJws("JWS_MALFORMED", "a signature is not base64url without padding");
  const read = readHeader(signature.protected, typ);
  if (!read.ok) return read;
  const key = keys.find(read.kid);
  if (key === undefined) return denyJws("JWS_KEY", "a signature names a key that is not trusted");
  try {
    await flattenedVerify({ ...signature, payload }, key.key, { algorithms: [algorithm] });
    return { ok: true, kid: key.kid };
  } catch {
    return denyJws("JWS_SIGNATURE", `the signature is not that of the key \`${key.kid}\` over this document`);
  }
}

/** A copy: what is verified does not change while it is. */
function readSignatures(jws: unknown): readonly DetachedSignature[] | undefined {
  const parsed = typeof jws === "string" ? parseJson(jws) : undefined;
  const node = parsed === undefined ? nodeOf(jws) : parsed.ok ? parsed.root : undefined;
  const members = membersOf(node === undefined ? undefined : toValue(node), ["signatures"]);
  const list = members?.[0];
  if (!Array.isArray(list) || list.length === 0 || list.length > maxSignatures) return undefined;
  const signatures: DetachedSignature[] = [];
  for (const each of list) {
    const [header, signature] = membersOf(each, ["protected", "signature"]) ?? [];
    if (typeof header !== "string" || typeof signature !== "string") return undefined;
    signatures.push({ protected: header, signature });
  }
  return signatures;
}

/** The members of an object that has these and no other ones. */
function membersOf(value: unknown, names: readonly string[]): readonly unknown[] | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if (Object.keys(value).length !== names.length) return undefined;
  return names.every((name) => Object.hasOwn(value, name))
    ? names.map((name): unknown => Reflect.get(value, name))
    : undefined;
}
