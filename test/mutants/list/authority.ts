import { type Mutant, mutant } from "../mutant.ts";

const tokens = ["test/authority/token.test.ts"];
const receipts = ["test/authority/receipt.test.ts"];
const documents = ["test/authority/detached.test.ts"];
const hashes = ["test/decoding/proposal-hash.test.ts"];
const keys = ["test/authority/keys.test.ts"];

const header = "runtime/authority/jws/header.ts";
const compact = "runtime/authority/jws/compact.ts";
const detached = "runtime/authority/jws/detached.ts";
const verify = "runtime/authority/token/verify.ts";
const lifetime = "runtime/authority/token/lifetime.ts";

/** What is believed because somebody signed it. */
export const authority: readonly Mutant[] = [
  mutant(header, "headers may say more", "if (strays.length > 0)", "if (strays.length > 9)", tokens),
  mutant(
    header,
    "any algorithm is named",
    'ownMember(header, "alg") !== algorithm',
    'ownMember(header, "alg") === ""',
    tokens,
  ),
  mutant(
    header,
    "what is signed for one purpose serves another",
    'if (ownMember(header, "typ") !== typ)',
    "if (typ === undefined)",
    receipts,
  ),
  mutant(
    "runtime/authority/jws/base64url.ts",
    "bits behind the last byte are dropped",
    "encodeBase64url(bytes) === text ? bytes : undefined",
    "bytes.length >= 0 ? bytes : undefined",
    tokens,
  ),
  mutant(compact, "parts may be missing", "parts.length === 3", "parts.length <= 3", tokens),
  mutant(compact, "texts of any length are read", "if (jws.length > maxCompactLength)", "if (jws.length < 0)", tokens),
  mutant(
    compact,
    "bad signatures are believed",
    'return denyJws("JWS_SIGNATURE",',
    'return key.kid !== "" ? { ok: true, kid: key.kid, payload: decodeBase64url(body)! } : denyJws("JWS_SIGNATURE",',
    tokens,
  ),
  mutant(compact, "any trusted key will do", "keys.find(read.kid)", "keys.keys[0]", tokens),
  mutant(detached, "one signer counts twice", "if (kids.includes(verified.kid))", 'if (kids.includes(""))', documents),
  mutant(
    detached,
    "one good signature is enough",
    "if (!verified.ok) return verified;",
    "if (!verified.ok) { if (kids.length > 0) continue; return verified; }",
    documents,
  ),
  mutant(
    detached,
    "other members are looked over",
    "if (Object.keys(value).length !== names.length)",
    "if (Object.keys(value).length < names.length)",
    documents,
  ),
  mutant(detached, "nobody signed", "list.length === 0 || ", "", documents),
  mutant(
    "runtime/authority/jws/sign.ts",
    "whatever the signer answers is a signature",
    "signature.length !== signatureBytes",
    "signature.length < 0",
    tokens,
  ),
  mutant(verify, "tokens of other gateways are believed", "claims.iss !== iss", 'iss === "-"', tokens),
  mutant(verify, "tokens for other executors are believed", "claims.aud !== aud", 'aud === "-"', tokens),
  mutant(verify, "a token is good before its time", "!(claims.nbf * 1000 <= now)", "now === null", tokens),
  mutant(verify, "a token is good as it expires", "now < claims.exp * 1000", "now <= claims.exp * 1000", tokens),
  mutant(
    verify,
    "a clock that is no number confirms",
    "!(claims.nbf * 1000 <= now)",
    "claims.nbf * 1000 > now",
    tokens,
  ),
  mutant(
    "runtime/authority/token/documents.ts",
    "claims are not looked at",
    'return schema.validator<AuthorityClaims>("/$defs/AuthorityClaims")(value);',
    'return schema.validator<AuthorityClaims>("/$defs/AuthorityClaims")(value) || typeof value === "object";',
    tokens,
  ),
  mutant(
    "schema/authority.schema.json",
    "claims may say more",
    '"additionalProperties": false,\n      "required": ["iss"',
    '"required": ["iss"',
    tokens,
  ),
  mutant(
    verify,
    "times may contradict each other",
    "if (wrong !== undefined) return",
    'if (wrong === "") return',
    tokens,
  ),
  mutant(lifetime, "a token lasts a second too long", "exp - iat > maxLifetime", "exp - iat > maxLifetime + 1", tokens),
  mutant(
    "runtime/authority/token/receipt.ts",
    "a receipt serves for another call",
    "receipt.jti !== expected.jti",
    'receipt.jti === ""',
    receipts,
  ),
  mutant(
    "runtime/authority/keys.ts",
    "keys for other operations sign",
    '!isForSigning(ownMember(value, "key_ops"))',
    "false",
    keys,
  ),
  mutant(
    "runtime/proposal-hash.ts",
    "numbers that no double holds are hashed",
    "if (!hasBoundNumbers(args)) return { hash: undefined, id };",
    "",
    hashes,
  ),
  mutant(
    "runtime/proposal-hash.ts",
    "the id is not hashed",
    "id === undefined ? { args: sent, tool } : { args: sent, id, tool }",
    "{ args: sent, tool }",
    hashes,
  ),
];
