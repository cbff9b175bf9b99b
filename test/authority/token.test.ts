/** Tokens that must not be believed, each with the code that it must get. */
import { createHmac, createPublicKey, generateKeyPairSync, sign as nodeSign } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { AuthorityClaims } from "../../runtime/authority/token/documents.ts";
import { signToken } from "../../runtime/authority/token/sign.ts";
import { verifyToken } from "../../runtime/authority/token/verify.ts";
import { keyPair, publicJwkOf } from "./key-pairs.ts";
import { base64url, claims, expected, header, issuedAt, ringOf, signParts, signText } from "./tokens.ts";

const gateway = await keyPair("gateway-key");
const stranger = await keyPair("stranger");
const ring = ringOf(gateway.key);
const token = await signToken(gateway.signer, claims);
const [head, body, signature] = token.split(".") as [string, string, string];

const verify = (given: unknown, of: Partial<typeof expected> = {}) => verifyToken(given, ring, { ...expected, ...of });
const denied = (code: string) => ({ ok: false, code, message: expect.any(String) });
const signed = (payload: unknown) => signParts(gateway.signer, header("gateway-key"), payload);
const headed = (change: Readonly<Record<string, unknown>>) =>
  signParts(gateway.signer, { ...header("gateway-key"), ...change }, claims);

describe("a forged token", () => {
  test("signed by another key under the name of ours is denied", async () => {
    const forged = await signToken({ ...stranger.signer, kid: "gateway-key" }, claims);
    expect(await verify(forged)).toEqual(denied("TOKEN_SIGNATURE"));
  });

  test("signed by another key under its own name is denied", async () => {
    expect(await verify(await signToken(stranger.signer, claims))).toEqual(denied("TOKEN_KEY"));
  });

  test("with the signature of other claims is denied", async () => {
    const other = await signToken(gateway.signer, { ...claims, seq: 18 });
    expect(await verify(`${head}.${other.split(".")[1]}.${signature}`)).toEqual(denied("TOKEN_SIGNATURE"));
  });

  test("without a signature is denied", async () => {
    expect(await verify(`${head}.${body}.`)).toEqual(denied("TOKEN_SIGNATURE"));
  });

  test("with a signature of another length is denied", async () => {
    const bytes = Buffer.from(signature, "base64url");
    const long = base64url(Buffer.concat([bytes, bytes]));
    expect(await verify(`${head}.${body}.${base64url(bytes.subarray(0, 63))}`)).toEqual(denied("TOKEN_SIGNATURE"));
    expect(await verify(`${head}.${body}.${long}`)).toEqual(denied("TOKEN_SIGNATURE"));
  });

  test("with the algorithm `none` is denied", async () => {
    for (const alg of ["none", "None", "NONE", "nOnE"]) {
      const bare = `${base64url(JSON.stringify({ ...header("gateway-key"), alg }))}.${body}.`;
      expect(await verify(bare)).toEqual(denied("TOKEN_ALGORITHM"));
      expect(await verify(bare + signature)).toEqual(denied("TOKEN_ALGORITHM"));
    }
  });

  test("with the algorithm swapped for HMAC, our public key as its secret, is denied", async () => {
    const input = `${base64url(JSON.stringify({ ...header("gateway-key"), alg: "HS256" }))}.${body}`;
    const jwk = publicJwkOf("gateway-key");
    const pem = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: String(jwk.x) }, format: "jwk" });
    for (const secret of [gateway.key.bytes, pem.export({ format: "pem", type: "spki" }), String(jwk.x)]) {
      const mac = createHmac("sha256", secret).update(input).digest("base64url");
      expect(await verify(`${input}.${mac}`)).toEqual(denied("TOKEN_ALGORITHM"));
    }
  });

  test("with the algorithm swapped for ECDSA is denied", async () => {
    const input = `${base64url(JSON.stringify({ ...header("gateway-key"), alg: "ES256" }))}.${body}`;
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const other = nodeSign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
    expect(await verify(`${input}.${base64url(other)}`)).toEqual(denied("TOKEN_ALGORITHM"));
  });
});

describe("a header that is signed by our key is denied", () => {
  test.each([
    { given: "another typ", change: { typ: "JWT" }, code: "TOKEN_TYPE" },
    { given: "the typ of a receipt", change: { typ: "ambit-receipt+jwt" }, code: "TOKEN_TYPE" },
    { given: "the typ in capitals", change: { typ: "AMBIT-AUTHORITY+JWT" }, code: "TOKEN_TYPE" },
    { given: "the typ with `application/`", change: { typ: "application/ambit-authority+jwt" }, code: "TOKEN_TYPE" },
    { given: "no typ", change: { typ: undefined }, code: "TOKEN_TYPE" },
    { given: "no alg", change: { alg: undefined }, code: "TOKEN_ALGORITHM" },
    { given: "a list of algs", change: { alg: ["EdDSA"] }, code: "TOKEN_ALGORITHM" },
    { given: "the other name of our alg", change: { alg: "Ed25519" }, code: "TOKEN_ALGORITHM" },
    { given: "no kid", change: { kid: undefined }, code: "TOKEN_KEY" },
    { given: "an empty kid", change: { kid: "" }, code: "TOKEN_KEY" },
    { given: "a kid that is no text", change: { kid: 7 }, code: "TOKEN_KEY" },
    { given: "the kid of a prototype", change: { kid: "__proto__" }, code: "TOKEN_KEY" },
    { given: "crit", change: { crit: ["b64"] }, code: "TOKEN_MALFORMED" },
    { given: "an empty crit", change: { crit: [] }, code: "TOKEN_MALFORMED" },
    { given: "b64", change: { b64: true }, code: "TOKEN_MALFORMED" },
    { given: "b64 that is false", change: { b64: false, crit: ["b64"] }, code: "TOKEN_MALFORMED" },
    { given: "a key in it", change: { jwk: publicJwkOf("stranger") }, code: "TOKEN_MALFORMED" },
    { given: "the address of a key", change: { jku: "https://keys.example/" }, code: "TOKEN_MALFORMED" },
    { given: "a certificate", change: { x5c: ["MIIB"] }, code: "TOKEN_MALFORMED" },
    { given: "the address of a certificate", change: { x5u: "https://keys.example/" }, code: "TOKEN_MALFORMED" },
    { given: "a content type", change: { cty: "JWT" }, code: "TOKEN_MALFORMED" },
    { given: "a member of no meaning", change: { x: 1 }, code: "TOKEN_MALFORMED" },
  ])("with $given: $code", async ({ change, code }) => {
    expect(await verify(await headed(change))).toEqual(denied(code));
  });

  test.each([
    { given: "a list", text: "[]" },
    { given: "null", text: "null" },
    { given: "no JSON", text: "EdDSA" },
    { given: "nothing", text: "" },
    { given: "two algs", text: '{"alg":"none","alg":"EdDSA","kid":"gateway-key","typ":"ambit-authority+jwt"}' },
    { given: "a byte order mark", text: `\ufeff${JSON.stringify(header("gateway-key"))}` },
    { given: "a name of 10,000 characters", text: JSON.stringify(header("k".repeat(10_000))) },
  ])("that is or has $given: TOKEN_MALFORMED", async ({ text }) => {
    expect(await verify(await signText(gateway.signer, text, JSON.stringify(claims)))).toEqual(
      denied("TOKEN_MALFORMED"),
    );
  });
});

describe("a good token is denied", () => {
  test.each([
    { given: "a millisecond before it is valid", of: { now: issuedAt * 1000 - 1 }, code: "TOKEN_NOT_YET_VALID" },
    { given: "as it expires", of: { now: (issuedAt + 30) * 1000 }, code: "TOKEN_EXPIRED" },
    { given: "a year later", of: { now: (issuedAt + 31_536_000) * 1000 }, code: "TOKEN_EXPIRED" },
    { given: "by an executor that it is not for", of: { aud: "executor-2" }, code: "TOKEN_AUDIENCE" },
    { given: "by an executor of no name", of: { aud: "" }, code: "TOKEN_AUDIENCE" },
    { given: "by an executor that believes another gateway", of: { iss: "gateway-2" }, code: "TOKEN_ISSUER" },
    { given: "by a clock that is no number", of: { now: Number.NaN }, code: "TOKEN_NOT_YET_VALID" },
    { given: "by a clock without end", of: { now: Number.POSITIVE_INFINITY }, code: "TOKEN_EXPIRED" },
  ])("$given: $code", async ({ of, code }) => {
    expect(await verify(token, of)).toEqual(denied(code));
  });

  test("by a ring without its key", async () => {
    expect(await verifyToken(token, ringOf(stranger.key), expected)).toEqual(denied("TOKEN_KEY"));
    expect(await verifyToken(token, ringOf(), expected)).toEqual(denied("TOKEN_KEY"));
  });

  test("with any one byte of it flipped, and with any one character of it left out, doubled or replaced", async () => {
    const believed: string[] = [];
    const attempt = async (given: string, what: string) => {
      if ((await verify(given)).ok) believed.push(what);
    };
    for (let i = 0; i < token.length; i++) {
      const at = token[i]!;
      const byte = at.charCodeAt(0);
      for (const other of [byte ^ 1, byte ^ 2, byte ^ 0x20, byte ^ 0x80])
        await attempt(token.slice(0, i) + String.fromCharCode(other) + token.slice(i + 1), `${i}: ${other}`);
      await attempt(token.slice(0, i) + token.slice(i + 1), `${i}: left out`);
      await attempt(token.slice(0, i) + at + token.slice(i), `${i}: doubled`);
    }
    expect(believed).toEqual([]);
  });

  test("with other bits behind its last byte, which a lax reader drops", async () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(token.at(-1)!);
    const others = [...alphabet].filter((_, i) => i !== last && i >> 4 === last >> 4);
    expect(others.length).toBe(15);
    for (const other of others) {
      const given = token.slice(0, -1) + other;
      expect(Buffer.from(given.split(".")[2]!, "base64url")).toEqual(Buffer.from(signature, "base64url"));
      expect(await verify(given)).toEqual(denied("TOKEN_MALFORMED"));
    }
  });

  test.each([
    { given: "padding", spoil: (text: string) => `${text}==` },
    { given: "a blank before it", spoil: (text: string) => ` ${text}` },
    { given: "a line break after it", spoil: (text: string) => `${text}\n` },
    {
      given: "the alphabet of base64",
      spoil: (text: string) => text.replace(/[-_]/g, (at) => (at === "-" ? "+" : "/")),
    },
    { given: "a part more", spoil: (text: string) => `${text}.${signature}` },
    { given: "a dot more", spoil: (text: string) => `${text}.` },
    { given: "a part less", spoil: () => `${head}.${body}` },
    { given: "no header", spoil: () => `.${body}.${signature}` },
    { given: "no payload", spoil: () => `${head}..${signature}` },
    {
      given: "as general JSON",
      spoil: () => JSON.stringify({ payload: body, signatures: [{ protected: head, signature }] }),
    },
  ])("with $given: TOKEN_MALFORMED", async ({ spoil }) => {
    expect(await verify(spoil(token))).toEqual(denied("TOKEN_MALFORMED"));
  });
});

const digests = ["env", "pol", "prp", "req"] as const;
const names = ["iss", "sub", "aud"] as const;
const times = ["iat", "nbf", "exp"] as const;

describe("claims that our key signed are denied", () => {
  test.each(Object.keys(claims))("without `%s`", async (name) => {
    expect(await verify(await signed({ ...claims, [name]: undefined }))).toEqual(denied("TOKEN_MALFORMED"));
  });

  test.each(Object.keys(claims))("with a `%s` of every other type", async (name) => {
    const isName = names.some((each) => each === name);
    for (const value of [null, true, [], {}, [[]], 1.5, -1, "", isName ? 1 : "1", { [name]: 1 }])
      expect(await verify(await signed({ ...claims, [name]: value }))).toEqual(denied("TOKEN_MALFORMED"));
  });

  test.each(digests)("with a `%s` that is no digest", async (name) => {
    const good = claims[name];
    for (const value of [good.slice(7), good.toUpperCase(), `${good}0`, good.slice(0, -1), ` ${good}`, `${good}\n`])
      expect(await verify(await signed({ ...claims, [name]: value }))).toEqual(denied("TOKEN_MALFORMED"));
  });

  test.each(times)("with a `%s` that no clock shows", async (name) => {
    for (const value of [2 ** 53, 9_007_199_254_741, issuedAt + 0.5, String(issuedAt), -issuedAt])
      expect(await verify(await signed({ ...claims, [name]: value }))).toEqual(denied("TOKEN_MALFORMED"));
  });

  test.each([
    { given: "a claim more", change: { admin: true } },
    { given: "a list of executors", change: { aud: ["executor-1", "executor-2"] } },
    { given: "a `jti` that is no SHA-256", change: { jti: "1" } },
    { given: "the record before the first", change: { seq: 0 } },
    { given: "a scope without fields", change: { scp: { effect: "e", tool: "t" } } },
    { given: "a scope without effect", change: { scp: { effect: "", tool: "t", fields: {} } } },
    { given: "a scope of more", change: { scp: { ...claims.scp, tools: ["*"] } } },
    { given: "a field that is null", change: { scp: { ...claims.scp, fields: { a: null } } } },
    { given: "a field of a shape of its own", change: { scp: { ...claims.scp, fields: { a: { value: "x" } } } } },
    { given: "a field of lists", change: { scp: { ...claims.scp, fields: { a: ["x"] } } } },
  ])("with $given: TOKEN_MALFORMED", async ({ change }) => {
    expect(await verify(await signed({ ...claims, ...change }))).toEqual(denied("TOKEN_MALFORMED"));
  });

  test.each([
    { given: "a second longer than an hour", change: { exp: issuedAt + 3601 } },
    { given: "no time at all", change: { exp: issuedAt } },
    { given: "less than no time", change: { exp: issuedAt - 1 } },
    { given: "later than they are given", change: { nbf: issuedAt + 1 } },
    { given: "earlier than they are given", change: { nbf: issuedAt - 1 } },
  ])("valid for $given: TOKEN_LIFETIME", async ({ change }) => {
    expect(await verify(await signed({ ...claims, ...change }))).toEqual(denied("TOKEN_LIFETIME"));
    await expect(signToken(gateway.signer, { ...claims, ...change })).rejects.toThrow(/the token/);
  });

  const text = JSON.stringify(claims);
  test.each([
    { given: "a claim twice", payload: text.replace('"seq":17', '"seq":17,"seq":17') },
    { given: "a claim twice, once in escapes", payload: text.replace('"seq":17', '"seq":17,"s\\u0065q":17') },
    { given: "half of a surrogate pair", payload: text.replace('"MNQ"', '"\\ud800"') },
    { given: "a number beyond doubles", payload: text.replace('"qty":2', '"qty":1e400') },
    { given: "text behind them", payload: `${text}{}` },
    { given: "a comment", payload: `${text}//` },
    { given: "a byte order mark", payload: `\ufeff${text}` },
    { given: "levels without end", payload: "[".repeat(100_000) },
    { given: "nothing in them", payload: "{}" },
  ])("with $given: TOKEN_MALFORMED", async ({ payload }) => {
    const given = await signText(gateway.signer, JSON.stringify(header("gateway-key")), payload);
    expect(await verify(given)).toEqual(denied("TOKEN_MALFORMED"));
  });

  test("in bytes that are no UTF-8: TOKEN_MALFORMED", async () => {
    const bytes = Buffer.from(text.replace("MNQ", "M\u0000Q"));
    bytes[bytes.indexOf("symbol") + 10] = 0xff;
    const input = `${head}.${base64url(bytes)}`;
    const given = `${input}.${base64url(await gateway.signer.sign(Buffer.from(input)))}`;
    expect(await verify(given)).toEqual(denied("TOKEN_MALFORMED"));
  });
});

describe("whatever else comes in is denied, never thrown at", () => {
  const hostile = new Proxy(Object.create(null), {
    get() {
      throw new Error("touched");
    },
    getPrototypeOf() {
      throw new Error("touched");
    },
  });

  test.each([
    { given: "a proxy", value: hostile },
    { given: "an object that becomes a token", value: { toString: () => token } },
    { given: "a token in a String object", value: Object(token) },
    { given: "a token in a list", value: [token] },
    { given: "the bytes of a token", value: new TextEncoder().encode(token) },
    { given: "a promise of a token", value: Promise.resolve(token) },
    { given: "undefined", value: undefined },
    { given: "null", value: null },
    { given: "a number", value: 7 },
    { given: "a symbol", value: Symbol("token") },
    { given: "a function", value: () => token },
    { given: "nothing", value: "" },
    { given: "10 MB of letters", value: "a".repeat(10_000_000) },
    { given: "10 MB of dots", value: ".".repeat(10_000_000) },
    { given: "1 MB of dots", value: ".".repeat(1_000_000) },
    { given: "a token and 1 MiB more", value: `${head}.${body}${"A".repeat(1_048_576)}.${signature}` },
    { given: "half of a surrogate pair", value: `${head}.${body}\ud800.${signature}` },
  ])("$given: TOKEN_MALFORMED", async ({ value }) => {
    expect(await verify(value)).toEqual(denied("TOKEN_MALFORMED"));
  });
});

describe("a good token", () => {
  test("is believed from its first millisecond to its last", async () => {
    const want = { ok: true, claims, kid: "gateway-key" };
    expect(plain(await verify(token))).toEqual(want);
    expect(plain(await verify(token, { now: (issuedAt + 30) * 1000 - 1 }))).toEqual(want);
  });

  test("lasts an hour at most", async () => {
    const long = await signToken(gateway.signer, { ...claims, exp: issuedAt + 3600 });
    expect((await verify(long)).ok).toBe(true);
  });

  test("is the same, byte for byte, whatever the order of its claims", async () => {
    const turned: AuthorityClaims = { ...claims, ...Object.fromEntries(Object.entries(claims).reverse()) };
    expect(await signToken(gateway.signer, turned)).toBe(token);
  });

  test("has the header that the specification of tokens names", () => {
    expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({
      alg: "EdDSA",
      kid: "gateway-key",
      typ: "ambit-authority+jwt",
    });
  });

  test("is believed by the old key and by the next while both are in the ring", async () => {
    const both = ringOf(gateway.key, stranger.key);
    for (const { signer } of [gateway, stranger])
      expect((await verifyToken(await signToken(signer, claims), both, expected)).ok).toBe(true);
  });
});

describe("a token is not signed", () => {
  test("of claims that no verifier takes", async () => {
    await expect(signToken(gateway.signer, { ...claims, env: "" })).rejects.toThrow(/not those of an authority token/);
  });

  test("of more than 1 MiB", async () => {
    const scp = { ...claims.scp, fields: { text: "x".repeat(1_000_000) } };
    await expect(signToken(gateway.signer, { ...claims, scp })).rejects.toThrow(/longer than 1048576/);
  });

  test("under the name of a key that no verifier would read", async () => {
    const { signer } = gateway;
    await expect(signToken({ ...signer, kid: "k".repeat(4000) }, claims)).rejects.toThrow(
      /name of the key is too long/,
    );
    await expect(signToken({ ...signer, kid: "\ud800" }, claims)).rejects.toThrow();
  });

  test("where the signer does not answer with a signature", async () => {
    const mute = { ...gateway.signer, sign: () => Promise.resolve(new Uint8Array(0)) };
    await expect(signToken(mute, claims)).rejects.toThrow(/did not answer with the 64 bytes/);
    const dead = { ...gateway.signer, sign: () => Promise.reject(new Error("HSM unplugged")) };
    await expect(signToken(dead, claims)).rejects.toThrow("HSM unplugged");
  });
});

/** Objects read from outside have no prototype. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
