/** Keys out of JWKs: what is no Ed25519 key of one plain meaning is refused with a reason, never with an exception. */
import { describe, expect, test } from "vitest";
import { type MadeRing, makeKeyRing, readKeyRing } from "../../runtime/authority/key-ring.ts";
import { readPublicKey, readSigner } from "../../runtime/authority/keys.ts";
import { jwkOf, jwkOfSeed, keyPair, publicJwkOf } from "./key-pairs.ts";

const message = new TextEncoder().encode("a message");

interface Refusal {
  readonly given: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly want: RegExp;
}

const refusedBoth: readonly Refusal[] = [
  { given: "another type of key", change: { kty: "EC" }, want: /no Ed25519 key/ },
  { given: "another curve", change: { crv: "Ed448" }, want: /no Ed25519 key/ },
  { given: "a curve that does not sign", change: { crv: "X25519" }, want: /no Ed25519 key/ },
  { given: "another algorithm", change: { alg: "HS256" }, want: /another `alg`/ },
  { given: "no algorithm by name", change: { alg: "none" }, want: /another `alg`/ },
  { given: "another use", change: { use: "enc" }, want: /another `use`/ },
  { given: "operations of another use", change: { key_ops: ["verify", "encrypt"] }, want: /other `key_ops`/ },
  { given: "no operations", change: { key_ops: [] }, want: /other `key_ops`/ },
  { given: "operations that are no list", change: { key_ops: "verify" }, want: /other `key_ops`/ },
  { given: "no name", change: { kid: undefined }, want: /no name/ },
  { given: "an empty name", change: { kid: "" }, want: /no name/ },
  { given: "a name that is no text", change: { kid: 1 }, want: /no name/ },
  { given: "no public part", change: { x: undefined }, want: /`x` that is not 32 bytes/ },
  { given: "a short public part", change: { x: "AAAA" }, want: /`x` that is not 32 bytes/ },
  { given: "padding", change: { x: `${jwkOf("a").x}=` }, want: /`x` that is not 32 bytes/ },
  { given: "bits beyond 32 bytes", change: { x: "A".repeat(42).concat("B") }, want: /`x` that is not 32 bytes/ },
];

describe("a key is refused", () => {
  test.each(refusedBoth)("with $given", async ({ change, want }) => {
    const signer = await readSigner(JSON.stringify({ ...jwkOf("a"), ...change }));
    const key = await readPublicKey(JSON.parse(JSON.stringify({ ...publicJwkOf("a"), ...change })));
    expect(signer).toEqual({ ok: false, reason: expect.stringMatching(want) });
    expect(key).toEqual({ ok: false, reason: expect.stringMatching(want) });
  });

  test.each([
    { given: "no private part", change: { d: undefined }, want: /is a public key/ },
    { given: "a private part that is no text", change: { d: 5 }, want: /`d` that is not 32 bytes/ },
    { given: "a long private part", change: { d: "A".repeat(44) }, want: /`d` that is not 32 bytes/ },
    { given: "the public part of another key", change: { x: jwkOf("b").x }, want: /no key pair/ },
  ])("for signing, with $given", async ({ change, want }) => {
    const read = await readSigner(JSON.stringify({ ...jwkOf("a"), ...change }));
    expect(read).toEqual({ ok: false, reason: expect.stringMatching(want) });
  });

  test("for verifying, with its private part", async () => {
    expect(await readPublicKey(jwkOf("a"))).toEqual({ ok: false, reason: expect.stringMatching(/private key/) });
  });

  test.each(["", "no json", "null", "[]", '"text"', '{"kty":"OKP","kty":"OKP"}'])("that is %j", async (text) => {
    expect((await readSigner(text)).ok).toBe(false);
    expect((await readKeyRing(text)).ok).toBe(false);
  });

  test("without its secret in the reason", async () => {
    const { d } = jwkOf("a");
    for (const change of [{ kty: "EC" }, { x: jwkOf("b").x }, { kid: "" }]) {
      const read = await readSigner(JSON.stringify({ ...jwkOf("a"), ...change }));
      expect(JSON.stringify(read)).not.toContain(d);
    }
  });
});

describe("a signature", () => {
  test("is that of RFC 8032, section 7.1, test 1", async () => {
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const read = await readSigner(JSON.stringify(jwkOfSeed("rfc", seed)));
    const signature = read.ok ? await read.signer.sign(new Uint8Array()) : new Uint8Array();
    expect(Buffer.from(signature).toString("hex")).toBe(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    );
  });

  test("is verified by the key of that name and no other one", async () => {
    const [a, b] = [await keyPair("a"), await keyPair("b")];
    const ring = ringOf(makeKeyRing([a.key, b.key]));
    const signature = await a.signer.sign(message);
    expect(await ring.verify("b", message, signature)).toEqual({ ok: false, reason: "bad_signature" });
    expect(await ring.verify("c", message, signature)).toEqual({ ok: false, reason: "unknown_key" });
    expect(await ring.verify("constructor", message, signature)).toEqual({ ok: false, reason: "unknown_key" });
    expect(await ring.verify("a", message, signature)).toEqual({ ok: true, key: a.key });
  });

  test("is refused with any byte changed, shortened, prolonged, or over another message", async () => {
    const { key, signer } = await keyPair("a");
    const ring = ringOf(makeKeyRing([key]));
    const signature = await signer.sign(message);
    const spoilt = [...signature.keys()].map((at) => signature.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    for (const each of [...spoilt, signature.subarray(1), new Uint8Array([...signature, 0]), new Uint8Array()])
      expect(await ring.verify("a", message, each)).toEqual({ ok: false, reason: "bad_signature" });
    expect((await ring.verify("a", message.subarray(1), signature)).ok).toBe(false);
  });
});

describe("a ring", () => {
  test("rotates: both keys verify while both are in it, and the old one no longer when it is out", async () => {
    const [old, next] = [await keyPair("2026-01"), await keyPair("2026-02")];
    const signatures = [await old.signer.sign(message), await next.signer.sign(message)] as const;
    const both = ringOf(makeKeyRing([old.key, next.key]));
    const after = ringOf(makeKeyRing([next.key]));
    expect((await both.verify("2026-01", message, signatures[0])).ok).toBe(true);
    expect((await both.verify("2026-02", message, signatures[1])).ok).toBe(true);
    expect(await after.verify("2026-01", message, signatures[0])).toEqual({ ok: false, reason: "unknown_key" });
    expect((await after.verify("2026-02", message, signatures[1])).ok).toBe(true);
  });

  test("has no name twice, and no key under two names", async () => {
    const twice = { keys: [publicJwkOf("a"), { ...publicJwkOf("b"), kid: "a" }] };
    const same = { keys: [publicJwkOf("a"), { ...publicJwkOf("a"), kid: "b" }] };
    expect(await readKeyRing(JSON.stringify(twice))).toEqual({ ok: false, reason: expect.stringMatching(/two keys/) });
    expect(await readKeyRing(JSON.stringify(same))).toEqual({ ok: false, reason: expect.stringMatching(/two names/) });
  });

  test("is refused whole for one bad key, which it points to", async () => {
    const read = await readKeyRing(JSON.stringify({ keys: [publicJwkOf("a"), jwkOf("b")] }));
    expect(read).toEqual({ ok: false, reason: expect.stringContaining("`/keys/1`") });
  });

  test("is read from a JWK set", async () => {
    const ring = ringOf(await readKeyRing(JSON.stringify({ keys: [publicJwkOf("a"), publicJwkOf("b")] })));
    expect(ring.keys.map(({ kid }) => kid)).toEqual(["a", "b"]);
  });
});

function ringOf(made: MadeRing) {
  if (!made.ok) throw new Error(made.reason);
  return made.ring;
}
