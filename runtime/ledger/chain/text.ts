/** The canonical bytes of a record, and the two hashes made from them (SPEC §7). */
import { canonicalForm, canonicalJson } from "../../../schema/json/canonical.ts";
import { sha256Base64url, sha256Hex } from "../../../schema/json/sha256.ts";
import type { LedgerRecord } from "../record.ts";

type Unhashed = Omit<LedgerRecord, "hash">;

/** A record, and its canonical form. */
export interface Sealed {
  /** As a reader of the text has it; no check has been made of its body. */
  readonly record: LedgerRecord;
  /** What is stored. */
  readonly text: string;
}

/** With the hash that belongs into it: hash = SHA-256(JCS(record without hash)), bare hex. */
export function sealed({ at, body, envelope, prev, seq, session, type }: Unhashed): Sealed {
  const { text: unhashed, value } = canonicalForm({ at, body, envelope, prev, seq, session, type });
  const hash = sha256Hex(unhashed);
  // No string can hold the quotes of a member, and no member after `prev` has the name.
  const place = unhashed.lastIndexOf(',"prev":') + 1;
  const text = `${unhashed.slice(0, place)}"hash":"${hash}",${unhashed.slice(place)}`;
  return { record: Object.assign(value as LedgerRecord, { hash }), text };
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
  return sha256Base64url(text);
}
