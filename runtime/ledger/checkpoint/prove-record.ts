/** What an auditor is handed: a record, and the proof that it stands in its ledger. */
import type { Signer } from "../../authority/keys.ts";
import { leafHash } from "../merkle/hash.ts";
import { proveInclusion } from "../merkle/inclusion.ts";
import { createTree } from "../merkle/tree.ts";
import { careful } from "../store/careful.ts";
import type { Store } from "../store/store.ts";
import { formatRecordProof } from "./record-proof.ts";
import { signCheckpoint } from "./signed-checkpoint.ts";

export interface ProofSettings {
  /** The gateway's id: the checkpoint's origin is `<gateway>/<session>`. */
  readonly gateway: string;
  /** More than one while keys rotate. */
  readonly signers: readonly Signer[];
}

export type ProvenRecord =
  /** The record's text as it is stored, and the proof for `verifyRecordProof`. */
  | { readonly ok: true; readonly record: string; readonly proof: string }
  | { readonly ok: false; readonly reason: string };

const pageLength = 1_000;

/** Of the ledger as it is now. Reads all of it. Never rejects. */
export async function proveRecord(
  given: Store,
  session: string,
  seq: number,
  { gateway, signers }: ProofSettings,
): Promise<ProvenRecord> {
  const store = careful(given);
  const tree = createTree();
  let record: string | undefined;
  for (;;) {
    const page = await store.read(session, tree.size + 1, pageLength);
    if (!page.ok) return { ok: false, reason: page.fault.message };
    record ??= page.texts[seq - 1 - tree.size];
    for (const text of page.texts) tree.append(leafHash(text));
    if (page.texts.length < pageLength) break;
  }
  const { size } = tree;
  const path = proveInclusion(tree, seq - 1, size);
  const root = tree.rootOf({ start: 0, end: size });
  if (record === undefined || !path.ok || root === undefined)
    return { ok: false, reason: `the ledger of the session has no record ${seq}` };
  try {
    const note = await signCheckpoint({ origin: `${gateway}/${session}`, head: { size, root } }, signers);
    if (!note.ok) return { ok: false, reason: `the checkpoint ${note.reason}` };
    return { ok: true, record, proof: formatRecordProof({ index: seq - 1, path: path.path, note: note.note }) };
  } catch {
    return { ok: false, reason: "the checkpoint cannot be signed" };
  }
}
