/** Project Wycheproof: signatures, keys and JWS that have fooled libraries before. */
import { describe, expect, test } from "vitest";
import { isSignedBy } from "../../runtime/authority/ed25519.ts";
import { verifyCompact } from "../../runtime/authority/jws/compact.ts";
import { verifyDetached } from "../../runtime/authority/jws/detached.ts";
import { readKeyRing } from "../../runtime/authority/key-ring.ts";
import { readPublicKey, readSigner } from "../../runtime/authority/keys.ts";
import { signToken, tokenType } from "../../runtime/authority/token/sign.ts";
import { verifyToken } from "../../runtime/authority/token/verify.ts";
import { keyPair, publicJwkOf } from "../authority/key-pairs.ts";
import { claims, expected, ringOf } from "../authority/tokens.ts";
import { figure } from "../figure.ts";
import { missing, textOf } from "./corpora.ts";

type Jwk = Readonly<Record<string, unknown>>;

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly result: "valid" | "invalid";
  readonly jws?: string;
  readonly msg?: string;
  readonly sig?: string;
}

interface Group {
  readonly comment?: string;
  readonly private?: Jwk;
  readonly public?: Jwk;
  readonly publicKeyJwk?: Jwk;
  readonly tests: readonly Vector[];
}

function groupsOf(name: string): readonly Group[] {
  if (missing) return [];
  const file: { readonly testGroups: readonly Group[] } = JSON.parse(textOf(`wycheproof/${name}_test.json`));
  return file.testGroups;
}

const count = (groups: readonly Group[], result: Vector["result"]) =>
  groups.flatMap(({ tests }) => tests).filter((each) => each.result === result).length;

describe.skipIf(missing)("Wycheproof (AMBIT_CORPORA)", () => {
  test("Ed25519: each signature is judged right", async () => {
    const groups = groupsOf("ed25519");
    const wrong: number[] = [];
    for (const { publicKeyJwk, tests } of groups) {
      const read = await readPublicKey(publicKeyJwk);
      for (const { tcId, msg, sig, result } of tests) {
        const good = read.ok && (await isSignedBy(read.key.key, fromHex(msg), fromHex(sig)));
        if (good !== (result === "valid")) wrong.push(tcId);
      }
    }
    const [valid, invalid] = [count(groups, "valid"), count(groups, "invalid")];
    figure(`Wycheproof Ed25519: ${valid + invalid - wrong.length} of ${valid + invalid} signatures judged right`);
    expect(wrong).toEqual([]);
    expect([valid, invalid]).toEqual([88, 63]);
  });

  test("JWS: no invalid one is accepted, nor a good one of another algorithm, though its key's name is trusted", async () => {
    const groups = groupsOf("json_web_signature");
    const accepted: number[] = [];
    for (const { private: jwk, tests } of groups) {
      const ring = ringOf((await keyPair(String(jwk?.kid ?? "none"))).key);
      for (const { tcId, jws } of tests) {
        const compact = await verifyCompact(jws, ring, tokenType);
        const token = await verifyToken(jws, ring, expected);
        const detached = await verifyDetached(jws, ring, tokenType, new TextEncoder().encode("foo"));
        if (compact.ok || token.ok || detached.ok) accepted.push(tcId);
      }
    }
    figure(`Wycheproof JWS: ${accepted.length} of ${count(groups, "invalid")} invalid accepted`);
    expect(accepted).toEqual([]);
    expect([count(groups, "valid"), count(groups, "invalid")]).toEqual([46, 355]);
  });

  test("JWS: what the corpus does to a good JWS, done to a token of ours, makes it a bad one", async () => {
    const { signer, key } = await keyPair("gateway-key");
    const ring = ringOf(key);
    const token = await signToken(signer, claims);
    expect((await verifyToken(token, ring, expected)).ok).toBe(true);
    const accepted: string[] = [];
    const spoilt = new Set<string>();
    for (const { tests } of groupsOf("json_web_signature")) {
      const good = tests.find(({ result }) => result === "valid")?.jws;
      const bad = tests.filter(({ result }) => result === "invalid").map(({ jws }) => jws);
      if (good !== undefined) for (const jws of bad) spoilt.add(transplant(good, jws ?? "", token));
    }
    spoilt.delete(token);
    for (const given of spoilt) if ((await verifyToken(given, ring, expected)).ok) accepted.push(given);
    figure(
      `Wycheproof JWS, its ${spoilt.size} distinct changes made to an authority token: ${accepted.length} accepted`,
    );
    expect(accepted).toEqual([]);
    expect(spoilt.size).toBeGreaterThan(250);
  });

  test("JWK: no invalid key is read, nor a good one of another algorithm, nor ours with a member of one", async () => {
    const groups = groupsOf("json_web_key");
    const read: string[] = [];
    const ours = publicJwkOf("ours");
    expect((await readPublicKey(ours)).ok).toBe(true);
    for (const [i, group] of groups.entries()) {
      const set = group.public ?? group.private ?? {};
      if ((await readKeyRing(JSON.stringify(set))).ok) read.push(`${i}: the set`);
      const keys: readonly Jwk[] = Array.isArray(set.keys) ? set.keys : [];
      for (const jwk of keys) {
        if ((await readPublicKey(jwk)).ok || (await readSigner(JSON.stringify(jwk))).ok) read.push(`${i}: a key`);
        for (const name of ["kty", "crv", "alg", "d"].filter((each) => Object.hasOwn(jwk, each)))
          if ((await readPublicKey({ ...ours, [name]: jwk[name] })).ok) read.push(`${i}: ${name}`);
        if (jwk.use === "enc" && (await readPublicKey({ ...ours, use: jwk.use })).ok) read.push(`${i}: use`);
      }
      const twice = keys.map(({ kid }, at) => ({ ...publicJwkOf(String(at)), kid }));
      const names = new Set(keys.map(({ kid }) => kid));
      expect((await readKeyRing(JSON.stringify({ keys: twice }))).ok).toBe(names.size === keys.length);
    }
    figure(`Wycheproof JWK: ${read.length} of ${count(groups, "invalid")} invalid keys and sets accepted`);
    expect(read).toEqual([]);
    expect([count(groups, "valid"), count(groups, "invalid")]).toEqual([5, 21]);
  });
});

function fromHex(hex = ""): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

/** Our text, changed in each part as the good one was to become the bad one: at the same distance from the nearer end. */
function transplant(good: string, bad: string, ours: string): string {
  const goodParts = good.split(".");
  const badParts = bad.split(".");
  const ourParts = ours.split(".");
  return badParts.map((part, i) => transplantPart(goodParts[i] ?? "", part, ourParts[i] ?? "")).join(".");
}

function transplantPart(good: string, bad: string, ours: string): string {
  const shortest = Math.min(good.length, bad.length);
  let start = 0;
  while (start < shortest && good[start] === bad[start]) start++;
  let end = 0;
  while (end < shortest - start && good.at(-1 - end) === bad.at(-1 - end)) end++;
  const removed = good.length - start - end;
  const inserted = bad.slice(start, bad.length - end);
  const at = start <= end ? Math.min(start, ours.length) : Math.max(ours.length - end - removed, 0);
  return ours.slice(0, at) + inserted + ours.slice(at + removed);
}
