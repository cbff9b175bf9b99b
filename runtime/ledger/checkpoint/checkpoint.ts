/** The text of a checkpoint (c2sp.org/tlog-checkpoint): origin, tree size, root hash, each on a line. */
import { emptyRoot, isEqualHash, isHash } from "../merkle/hash.ts";
import { isCount, type TreeHead } from "../merkle/subtree.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { isNoteText, type Parsed } from "./note.ts";

export interface Checkpoint {
  /** Which log it is. */
  readonly origin: string;
  readonly head: TreeHead;
}

/** @returns undefined where the origin is no line of text, or the head no tree's */
export function formatCheckpoint({ origin, head }: Checkpoint): string | undefined {
  if (origin === "" || origin.includes("\n") || !isNoteText(`${origin}\n`) || !isHead(head)) return undefined;
  return `${origin}\n${head.size}\n${encodeBase64(head.root)}\n`;
}

/** Lines beyond the third are somebody's extensions: they must not be empty, and nothing here reads them. */
export function parseCheckpoint(text: string): Parsed<Checkpoint> {
  const lines = text.split("\n");
  const [origin = "", decimal = "", base64 = ""] = lines;
  if (lines.pop() !== "" || lines.length < 3 || lines.includes(""))
    return { ok: false, reason: "is no checkpoint: lines for origin, size and root were expected, none of them empty" };
  if (!/^(0|[1-9]\d{0,15})$/.test(decimal) || !isCount(Number(decimal)))
    return { ok: false, reason: "is no checkpoint: its second line is no tree size" };
  const root = decodeBase64(base64);
  const head = { size: Number(decimal), root: root ?? new Uint8Array() };
  if (!isHead(head)) return { ok: false, reason: "is no checkpoint: its third line is no root of a tree of that size" };
  return { ok: true, origin, head };
}

function isHead({ size, root }: TreeHead): boolean {
  return isCount(size) && isHash(root) && (size === 0) === isEqualHash(root, emptyRoot);
}
