/** The keys that are trusted now, by name. To rotate, a ring with the next key beside the old one; later, one without the old. */
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { ownMember } from "../own.ts";
import { isSignedBy } from "./ed25519.ts";
import { type KeyRefusal, type PublicKey, readPublicKey, refuseKey } from "./keys.ts";

export interface KeyRing {
  readonly keys: readonly PublicKey[];
  readonly find: (kid: string) => PublicKey | undefined;
  /** Asks the key of that name and no other one. Never rejects. */
  readonly verify: (kid: string, message: Uint8Array, signature: Uint8Array) => Promise<Signed>;
}

export type Signed =
  | { readonly ok: true; readonly key: PublicKey }
  | { readonly ok: false; readonly reason: "unknown_key" | "bad_signature" };

export type MadeRing = { readonly ok: true; readonly ring: KeyRing } | KeyRefusal;

/** No name twice, and no key under two names: whose signature it is must be plain. */
export function makeKeyRing(keys: readonly PublicKey[]): MadeRing {
  const byKid = new Map<string, PublicKey>();
  const kidOf = new Map<string, string>();
  for (const key of keys) {
    if (byKid.has(key.kid)) return refuseKey(`has two keys with the \`kid\` \`${key.kid}\``);
    const other = kidOf.get(key.bytes.join());
    if (other !== undefined) return refuseKey(`has one key under two names, \`${other}\` and \`${key.kid}\``);
    byKid.set(key.kid, key);
    kidOf.set(key.bytes.join(), key.kid);
  }
  const find = (kid: string) => byKid.get(kid);
  const verify = async (kid: string, message: Uint8Array, signature: Uint8Array): Promise<Signed> => {
    const key = find(kid);
    if (key === undefined) return { ok: false, reason: "unknown_key" };
    return (await isSignedBy(key.key, message, signature)) ? { ok: true, key } : { ok: false, reason: "bad_signature" };
  };
  return { ok: true, ring: { keys: [...byKid.values()], find, verify } };
}

/** @param text a JWK set, `{"keys": [...]}`, of public Ed25519 keys; one that is refused refuses the set */
export async function readKeyRing(text: string): Promise<MadeRing> {
  const parsed = parseJson(text);
  if (!parsed.ok) return refuseKey("is no JSON: a JWK set was expected");
  const jwks = ownMember(toValue(parsed.root), "keys");
  if (!Array.isArray(jwks)) return refuseKey('is no JWK set: `{"keys": [...]}` was expected');
  const keys: PublicKey[] = [];
  for (const [i, jwk] of jwks.entries()) {
    const read = await readPublicKey(jwk);
    if (!read.ok) return refuseKey(`has a key at \`/keys/${i}\` that ${read.reason}`);
    keys.push(read.key);
  }
  return makeKeyRing(keys);
}
