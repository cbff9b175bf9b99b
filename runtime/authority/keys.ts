/** Signing and public keys, out of JWKs (RFC 7517, RFC 8037): Ed25519 only, each with a name. */
import { base64url } from "jose";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { ownMember } from "../own.ts";
import { importPrivate, importPublic, publicKeyBytes, signWith } from "./ed25519.ts";

/** A key that verifies. */
export interface PublicKey {
  /** Its name in a ring, a JWS header, a registry: never empty. */
  readonly kid: string;
  readonly algorithm: "EdDSA";
  /** The 32 bytes of RFC 8032. */
  readonly bytes: Uint8Array;
  readonly key: CryptoKey;
}

/** A key that signs, wherever it lies: in memory, in a KMS, in an HSM. */
export interface Signer {
  readonly kid: string;
  readonly algorithm: "EdDSA";
  /** The 32 bytes of RFC 8032: a signed note names its key by them. */
  readonly publicKey: Uint8Array;
  /** @returns the 64 bytes of the signature; rejects where the key cannot be reached */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

/** `reason` is the rest of a sentence that begins with where the key stands. It never quotes the key. */
export interface KeyRefusal {
  readonly ok: false;
  readonly reason: string;
}

export type ReadSigner = { readonly ok: true; readonly signer: Signer } | KeyRefusal;
export type ReadPublicKey = { readonly ok: true; readonly key: PublicKey } | KeyRefusal;

interface Jwk {
  readonly ok: true;
  readonly kid: string;
  readonly x: string;
  readonly d: unknown;
}

/** @param text one private JWK with a `kid` */
export async function readSigner(text: string): Promise<ReadSigner> {
  const parsed = parseJson(text);
  if (!parsed.ok) return refuseKey("is no JSON: a private JWK was expected");
  const jwk = readJwk(toValue(parsed.root));
  if (!jwk.ok) return jwk;
  const { kid, x, d } = jwk;
  if (d === undefined) return refuseKey("is a public key: signing needs the private one, with its `d`");
  if (!isKeyText(d)) return refuseKey("has a `d` that is not 32 bytes in base64url");
  const key = await importPrivate({ d, x }).catch(() => undefined);
  if (key === undefined) return refuseKey("is no key pair: `x` is not the public key of `d`");
  const sign = (message: Uint8Array) => signWith(key, message);
  return { ok: true, signer: { kid, algorithm: "EdDSA", publicKey: base64url.decode(x), sign } };
}

/** @param value one public JWK with a `kid`, as it came out of JSON. Whoever verifies must not be able to sign: no `d`. */
export async function readPublicKey(value: unknown): Promise<ReadPublicKey> {
  const jwk = readJwk(value);
  if (!jwk.ok) return jwk;
  if (jwk.d !== undefined) return refuseKey("holds a private key: leave `d` out where keys only verify");
  const bytes = base64url.decode(jwk.x);
  const key = await importPublic(bytes).catch(() => undefined);
  if (key === undefined) return refuseKey("is no Ed25519 key: `x` is no point of the curve");
  return { ok: true, key: { kid: jwk.kid, algorithm: "EdDSA", bytes, key } };
}

export function refuseKey(reason: string): KeyRefusal {
  return { ok: false, reason };
}

function readJwk(value: unknown): Jwk | KeyRefusal {
  const [kid, x, d] = ["kid", "x", "d"].map((name) => ownMember(value, name));
  if (ownMember(value, "kty") !== "OKP" || ownMember(value, "crv") !== "Ed25519")
    return refuseKey('is no Ed25519 key: `"kty": "OKP"` and `"crv": "Ed25519"` were expected');
  const algorithm = ownMember(value, "alg") ?? "EdDSA";
  if (algorithm !== "EdDSA" && algorithm !== "Ed25519") return refuseKey("names another `alg` than `EdDSA`");
  if ((ownMember(value, "use") ?? "sig") !== "sig") return refuseKey("has another `use` than `sig`");
  if (!isForSigning(ownMember(value, "key_ops"))) return refuseKey("has other `key_ops` than `sign` and `verify`");
  if (typeof kid !== "string" || kid === "") return refuseKey("has no name: a `kid` was expected");
  if (!isKeyText(x)) return refuseKey("has an `x` that is not 32 bytes in base64url");
  return { ok: true, kid, x, d };
}

function isForSigning(operations: unknown): boolean {
  if (operations === undefined) return true;
  return (
    Array.isArray(operations) &&
    operations.length > 0 &&
    operations.every((each) => each === "sign" || each === "verify")
  );
}

/** One text for each key: a key in another spelling would be another key to whoever compares. */
function isKeyText(value: unknown): value is string {
  if (typeof value !== "string" || !/^[\w-]{43}$/.test(value)) return false;
  const bytes = base64url.decode(value);
  return bytes.length === publicKeyBytes && base64url.encode(bytes) === value;
}
