/** The canonical bytes of a record, and the two hashes made from them (SPEC §7). */
import { base64url } from "jose";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import { sha256Bytes, sha256Hex } from "../../../schema/json/sha256.ts";
import type { LedgerRecord } from "../record.ts";

type Unhashed = Omit<LedgerRecord, "hash">;

/**
 * The JCS form, and the hash that belongs into it: hash = SHA-256(JCS(record without hash)), bare hex. The members are few and
 * known, so that the form is written once.
 */
export function sealedText(record: Unhashed): { readonly text: string; readonly hash: string } {
  const { at, body, envelope, prev, seq, session, type } = record;
  const before = canonicalJson({ at, body, envelope }).slice(0, -1);
  const after = canonicalJson({ prev, seq, session, type }).slice(1);
  const hash = sha256Hex(`${before},${after}`);
  return { text: `${before},"hash":"${hash}",${after}`, hash };
}

/**
 * The JCS form of the record without `hash`: what is hashed.
 *
 * @param text the JCS form of the record: no string can hold the quotes of a member, and no member after `hash` has the name
 */
export function unhashedText({ hash }: LedgerRecord, text: string): string {
  const member = `"hash":${JSON.stringify(hash)},`;
  const at = text.lastIndexOf(`,${member}`) + 1;
  return text.slice(0, at) + text.slice(at + member.length);
}

/** session = base64url(SHA-256(JCS(first record without session and hash))). */
export function sessionOf({ seq, at, type, envelope, prev, body }: Omit<Unhashed, "session">): string {
  const text = canonicalJson({ seq, at, type, envelope, prev, body });
  return base64url.encode(sha256Bytes(text));
}
