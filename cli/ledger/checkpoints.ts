/** `--checkpoint FILE --checkpoint-key KEY`: what somebody keeps of a ledger elsewhere, and who is believed to have said it. */
import { readFile } from "node:fs/promises";
import { parseCheckpoint } from "../../runtime/ledger/checkpoint/checkpoint.ts";
import { parseNote } from "../../runtime/ledger/checkpoint/note.ts";
import { type NoteKey, noteKey, parseNoteKey } from "../../runtime/ledger/checkpoint/note-key.ts";
import { openNote } from "../../runtime/ledger/checkpoint/signed-note.ts";
import type { TreeHead } from "../../runtime/ledger/merkle/subtree.ts";
import { UsageError } from "../io.ts";
import { openTrust } from "../keys.ts";
import { readable } from "../open.ts";

/** Of an origin: the keys that sign for it. */
export type CheckpointKeys = (origin: string) => readonly NoteKey[];

/**
 * @param key a verifier key, `name+id+base64`, whose name is the checkpoint's origin; or a file of public JWKs
 * @throws UsageError for what is neither
 */
export async function readCheckpointKeys(key: string): Promise<CheckpointKeys> {
  const written = parseNoteKey(key);
  if (written !== undefined) return () => [written];
  const { keys } = await openTrust([key]);
  return (origin) => keys.map(({ bytes }) => noteKey(origin, bytes));
}

/**
 * By session.
 *
 * @throws UsageError for a file that no trusted key vouches for: what it says must not be compared with anything
 */
export async function readCheckpoints(
  files: readonly string[],
  keys: CheckpointKeys,
): Promise<ReadonlyMap<string, readonly TreeHead[]>> {
  const heads = new Map<string, readonly TreeHead[]>();
  for (const file of files) {
    const { session, head } = await readCheckpoint(file, keys);
    heads.set(session, [...(heads.get(session) ?? []), head]);
  }
  return heads;
}

async function readCheckpoint(
  file: string,
  keys: CheckpointKeys,
): Promise<{ readonly session: string; readonly head: TreeHead }> {
  const refuse = (reason: string) => new UsageError(`the checkpoint \`${file}\` ${reason}`);
  const bytes = new Uint8Array(await readable(file, () => readFile(file)));
  const note = parseNote(bytes);
  if (!note.ok) throw refuse(note.reason);
  const origin = note.text.slice(0, note.text.indexOf("\n"));
  const known = keys(origin).filter(({ name }) => name === origin);
  const opened = await openNote(bytes, known);
  if (!opened.ok) throw refuse(opened.reason);
  const parsed = parseCheckpoint(opened.text);
  if (!parsed.ok) throw refuse(parsed.reason);
  return { session: sessionOf(origin), head: parsed.head };
}

/** The origin of a session's checkpoint is `<gateway>/<session>`. */
export function originOf(gateway: string, session: string): string {
  return `${gateway}/${session}`;
}

function sessionOf(origin: string): string {
  return origin.slice(origin.lastIndexOf("/") + 1);
}
