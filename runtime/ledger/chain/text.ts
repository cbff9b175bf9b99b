/** The canonical bytes of a record, and the two hashes made from them (SPEC §7). */
import { sha256 as hashSha256 } from "@noble/hashes/sha2.js";
import { base64url } from "jose";
import { canonicalJson, sha256 } from "../../../schema/json/canonical.ts";
import type { LedgerRecord } from "../record.ts";

type Unhashed = Omit<LedgerRecord, "hash">;

interface Halves {
  readonly before: string;
  readonly after: string;
}

/** The JCS form of a record. Its members are few and known, so that their order can be written down. */
export function recordText(record: LedgerRecord): string {
  return withHash(halves(record), record.hash);
}

/** The JCS form, and the hash that belongs into it: hash = SHA-256(JCS(record without hash)), bare hex. */
export function sealedText(record: Unhashed): { readonly text: string; readonly hash: string } {
  const parts = halves(record);
  const hash = sha256(parts.before + parts.after).slice("sha256:".length);
  return { text: withHash(parts, hash), hash };
}

/** session = base64url(SHA-256(JCS(first record without session and hash))). */
export function sessionOf({ seq, at, type, envelope, prev, body }: Omit<Unhashed, "session">): string {
  const text = canonicalJson({ seq, at, type, envelope, prev, body });
  return base64url.encode(hashSha256(new TextEncoder().encode(text)));
}

function halves({ at, body, envelope, prev, seq, session, type }: Unhashed): Halves {
  const quoted = (text: string) => canonicalJson(text);
  return {
    before: `{"at":${canonicalJson(at)},"body":${canonicalJson(body)},"envelope":${quoted(envelope)},`,
    after: `"prev":${quoted(prev)},"seq":${canonicalJson(seq)},"session":${quoted(session)},"type":${quoted(type)}}`,
  };
}

function withHash({ before, after }: Halves, hash: string): string {
  return `${before}"hash":${canonicalJson(hash)},${after}`;
}
