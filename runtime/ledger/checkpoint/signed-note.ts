/** Notes are signed, and opened only by those who know a key (c2sp.org/signed-note). */
import { importPublic, isSignedBy } from "../../authority/ed25519.ts";
import type { Signer } from "../../authority/keys.ts";
import { formatNote, isKeyName, isNoteText, type NoteSignature, parseNote } from "./note.ts";
import { type NoteKey, noteKey } from "./note-key.ts";

export type WrittenNote = { readonly ok: true; readonly note: string } | NoteRefusal;

export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly signedBy: readonly NoteKey[] }
  | NoteRefusal;

/** `reason` is the rest of a sentence that begins with the note. */
export interface NoteRefusal {
  readonly ok: false;
  readonly reason: string;
}

/**
 * The signatures are Ed25519 over the text, its last line break included. A key that signs tokens too signs no token by this:
 * what a JWS signs has no line break.
 */
export async function signNote(text: string, name: string, signers: readonly Signer[]): Promise<WrittenNote> {
  if (!isNoteText(text)) return refuseNote("would have a control character, or no line break at its end");
  if (!isKeyName(name)) return refuseNote("would be signed by a key whose name is empty or has a space or a plus");
  if (signers.length === 0) return refuseNote("would have no signature");
  const message = new TextEncoder().encode(text);
  const signatures: NoteSignature[] = [];
  for (const signer of signers) {
    const signature = await signer.sign(message).catch(() => undefined);
    if (signature === undefined) return refuseNote(`could not be signed by \`${signer.kid}\``);
    signatures.push({ name, id: noteKey(name, signer.publicKey).id, signature });
  }
  return { ok: true, note: formatNote({ text, signatures }) };
}

/**
 * At least one known key must have signed, and no known key's signature may be wrong; those of unknown keys are ignored, also
 * where they share the name or the id, not both, with a known one. Never rejects.
 */
export async function openNote(note: string | Uint8Array, known: readonly NoteKey[]): Promise<OpenedNote> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const message = new TextEncoder().encode(parsed.text);
  const signedBy: NoteKey[] = [];
  for (const { name, id, signature } of parsed.signatures) {
    const [key, other] = known.filter((key) => key.name === name && key.id === id);
    if (key === undefined) continue;
    if (other !== undefined) return refuseNote(`is signed by \`${name}\`, a name and id that two known keys share`);
    if (!(await isBy(key, message, signature))) return refuseNote(`has a wrong signature of \`${name}\``);
    if (!signedBy.includes(key)) signedBy.push(key);
  }
  if (signedBy.length === 0) return refuseNote("is not signed by a known key");
  return { ok: true, text: parsed.text, signedBy };
}

async function isBy({ bytes }: NoteKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const key = await importPublic(bytes).catch(() => undefined);
  return key !== undefined && isSignedBy(key, message, signature);
}

export function refuseNote(reason: string): NoteRefusal {
  return { ok: false, reason };
}
