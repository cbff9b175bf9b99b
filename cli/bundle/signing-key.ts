/** `--sign KEY --kid ID`: a private key, as JWK or PEM, with which OPA bundles are signed. */
import { createPrivateKey, createSecretKey, type KeyObject } from "node:crypto";
import { type SigningAlgorithm, type SigningKey, signingAlgorithms } from "../../compiler/targets/rego/signature.ts";

/** What is wrong with the key, as the rest of a sentence that begins with its file. Never quotes the key. */
export class KeyRefused extends Error {}

interface Written {
  readonly key: KeyObject;
  /** `alg` and `kid` of a JWK. */
  readonly algorithm?: unknown;
  readonly kid?: unknown;
}

const leastBytes = 32;
const leastBits = 2048;

/**
 * @param text a JWK, or a PEM of any private key form
 * @param kid the name under which OPA knows the key; a JWK's own where it is not given
 * @throws KeyRefused
 */
export function readSigningKey(text: string, kid: string | undefined): SigningKey {
  const { key, algorithm, kid: ownKid } = text.trimStart().startsWith("{") ? readJwk(text) : readPem(text);
  if (typeof ownKid === "string" && kid !== undefined && kid !== ownKid)
    throw new KeyRefused(`names itself \`${ownKid}\`, and \`--kid\` says \`${kid}\``);
  const named = kid ?? ownKid;
  if (typeof named !== "string" || named === "")
    throw new KeyRefused("has no name: say with `--kid` how the verifying OPA calls it in its `keys`");
  return { algorithm: algorithmOf(key, algorithm), kid: named, key };
}

function algorithmOf(key: KeyObject, wanted: unknown): SigningAlgorithm {
  const fitting = fittingAlgorithms(key);
  const [first] = fitting;
  const known = `OPA bundles are signed with ${signingAlgorithms.join(", ")}`;
  if (first === undefined) throw new KeyRefused(`is a key for ${kindOf(key)}: ${known}`);
  if (wanted === undefined) return first;
  const found = fitting.find((algorithm) => algorithm === wanted);
  if (found === undefined)
    throw new KeyRefused(`is a key for ${fitting.join(" or ")} and names another \`alg\`: ${known}`);
  return found;
}

function fittingAlgorithms(key: KeyObject): readonly SigningAlgorithm[] {
  if (key.type === "secret") return ["HS256"];
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  const isRsa = key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "rsa-pss";
  if (isRsa && modulusLength < leastBits)
    throw new KeyRefused(`has ${modulusLength} bits; an RSA key needs ${leastBits} at least`);
  if (key.asymmetricKeyType === "rsa") return ["RS256", "PS256"];
  return key.asymmetricKeyType === "ec" && namedCurve === "prime256v1" ? ["ES256"] : [];
}

function kindOf(key: KeyObject): string {
  const { namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ed25519" || key.asymmetricKeyType === "ed448")
    return "EdDSA, which OPA does not verify";
  return namedCurve === undefined ? `${key.asymmetricKeyType}` : `the curve ${namedCurve}`;
}

function readJwk(text: string): Written {
  const jwk = parsed(text);
  const { kty, d, k, use = "sig", alg: algorithm, kid } = jwk;
  if (use !== "sig") throw new KeyRefused("is a JWK whose `use` is not `sig`");
  if (kty === "oct") return { key: secretOf(k), algorithm, kid };
  if (d === undefined) throw new KeyRefused("is a public key: signing needs the private one");
  try {
    return { key: createPrivateKey({ key: jwk, format: "jwk" }), algorithm, kid };
  } catch {
    throw new KeyRefused("is no valid private JWK");
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeyRefused("begins like a JWK and is no JSON");
  }
}

/** OPA holds a secret as text in its configuration: other bytes could be signed with and never verified. */
function secretOf(k: unknown): KeyObject {
  if (typeof k !== "string" || !/^[\w-]+$/.test(k))
    throw new KeyRefused("is no valid secret JWK: `k` is not base64url");
  const bytes = Buffer.from(k, "base64url");
  if (bytes.length < leastBytes)
    throw new KeyRefused(`is a secret of ${bytes.length} bytes; HS256 needs ${leastBytes} at least`);
  if (!/^[\x20-\x7e]+$/.test(bytes.toString("latin1")))
    throw new KeyRefused("is a secret that is no printable ASCII text: OPA's configuration can hold only text");
  return createSecretKey(bytes);
}

function readPem(text: string): Written {
  if (/-----BEGIN ([A-Z]+ )?PUBLIC KEY-----|-----BEGIN CERTIFICATE-----/.test(text))
    throw new KeyRefused("is a public key or certificate: signing needs the private key");
  if (/ENCRYPTED/.test(text)) throw new KeyRefused("is encrypted: decrypt it first, for example with `openssl pkey`");
  if (!text.includes("-----BEGIN ")) throw new KeyRefused("is neither a JWK nor a PEM file");
  try {
    return { key: createPrivateKey({ key: text, format: "pem" }) };
  } catch {
    throw new KeyRefused("is no valid private key in PEM form");
  }
}
