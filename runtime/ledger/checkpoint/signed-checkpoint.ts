/** A ledger's word, signed, on how many records it has and which: what makes truncation and rewriting visible (SPEC §7). */
import type { PublicKey, Signer } from "../../authority/keys.ts";
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { noteKey } from "./note-key.ts";
import { type NoteRefusal, openNote, refuseNote, signNote, type WrittenNote } from "./signed-note.ts";

export type VerifiedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly signedBy: readonly PublicKey[] }
  | NoteRefusal;

/** The keys sign under the log's name: as `tlog-checkpoint` recommends it, the origin. More than one while keys rotate. */
export async function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): Promise<WrittenNote> {
  const text = formatCheckpoint(checkpoint);
  if (text === undefined)
    return refuseNote("would be no checkpoint: its origin is no line of text, or its head no tree's");
  return signNote(text, checkpoint.origin, signers);
}

/**
 * @param origin the log that it must be of
 * @param keys the log's keys that are trusted now; signatures of others, witnesses for example, are ignored
 */
export async function verifyCheckpoint(
  note: string | Uint8Array,
  origin: string,
  keys: readonly PublicKey[],
): Promise<VerifiedCheckpoint> {
  const known = keys.map((key) => ({ ...noteKey(origin, key.bytes), key }));
  const opened = await openNote(note, known);
  if (!opened.ok) return opened;
  const parsed = parseCheckpoint(opened.text);
  if (!parsed.ok) return parsed;
  if (parsed.origin !== origin) return refuseNote("is of another log: its origin is not the expected one");
  const signedBy = known.filter((each) => opened.signedBy.includes(each)).map(({ key }) => key);
  return { ok: true, checkpoint: { origin, head: parsed.head }, signedBy };
}
