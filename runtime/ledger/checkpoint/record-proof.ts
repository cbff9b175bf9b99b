/** A text that proves offline that a record stands in a ledger (c2sp.org/tlog-proof): its index, its path, a checkpoint. */
import type { PublicKey } from "../../authority/keys.ts";
import { leafHash } from "../merkle/hash.ts";
import { verifyInclusion } from "../merkle/inclusion.ts";
import { isPath, type Path, type ProofRefusal } from "../merkle/proof.ts";
import { isCount } from "../merkle/subtree.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Parsed } from "./note.ts";
import { verifyCheckpoint } from "./signed-checkpoint.ts";

export interface RecordProof {
  /** From 0: one less than the record's `seq`. */
  readonly index: number;
  readonly path: Path;
  /** The signed checkpoint, as it is. */
  readonly note: string;
}

export interface Expected {
  /** The record's bytes, as they were hashed into the tree. */
  readonly record: Uint8Array;
  readonly origin: string;
  readonly keys: readonly PublicKey[];
}

export type VerifiedRecord =
  | { readonly ok: true; readonly index: number; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly reason: string };

const firstLine = "c2sp.org/tlog-proof@v1";
const longestProof = 1 << 21;

export function formatRecordProof({ index, path, note }: RecordProof): string {
  return [firstLine, `index ${index}`, ...path.map(encodeBase64), "", note].join("\n");
}

/** The form only. Extra data is refused: nothing would vouch for it. */
export function parseRecordProof(text: string): Parsed<RecordProof> {
  const end = text.length > longestProof ? -1 : text.indexOf("\n\n");
  const [first, second = "", ...hashes] = text.slice(0, Math.max(end, 0)).split("\n");
  const [, decimal] = /^index (0|[1-9]\d{0,15})$/.exec(second) ?? [];
  if (first !== firstLine || decimal === undefined || !isCount(Number(decimal)))
    return {
      ok: false,
      reason: `is no proof: \`${firstLine}\`, \`index\` with a number, and an empty line were expected`,
    };
  const path = hashes.map(decodeBase64);
  if (!isPath(path)) return { ok: false, reason: "is no proof: a line of its path is no hash" };
  return { ok: true, index: Number(decimal), path, note: text.slice(end + 2) };
}

/** Never rejects. `reason` is the rest of a sentence that begins with the proof. */
export async function verifyRecordProof(text: string, { record, origin, keys }: Expected): Promise<VerifiedRecord> {
  const proof = parseRecordProof(text);
  if (!proof.ok) return proof;
  const verified = await verifyCheckpoint(proof.note, origin, keys);
  if (!verified.ok) return { ok: false, reason: `has a checkpoint that ${verified.reason}` };
  const { checkpoint } = verified;
  const { index, path } = proof;
  const included = verifyInclusion({ leaf: leafHash(record), index, head: checkpoint.head, path });
  return included.ok ? { ok: true, index, checkpoint } : { ok: false, reason: reasons[included.reason] };
}

const reasons: Readonly<Record<ProofRefusal, string>> = {
  malformed: "has a leaf, a path or a head that is none",
  out_of_range: "names a place beyond the tree of its checkpoint",
  wrong_length: "has a path that is not as long as the way up the tree",
  wrong_root: "does not lead from this record to the root of its checkpoint",
};
