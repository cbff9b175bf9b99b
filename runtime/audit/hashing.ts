/** SHA-256 as an audit needs it: of texts, by whatever is fastest where it runs. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64url } from "jose";
import { type Digest, digestText } from "../ledger/chain/text.ts";
import { type NodeHash, nodeHash } from "../ledger/merkle/hash.ts";

export interface TextHashing {
  readonly hex: Digest;
  /** The same, unpadded base64url. */
  readonly base64url: Digest;
  /** The same 32 bytes. */
  readonly bytes: (text: string) => Uint8Array;
  readonly node: NodeHash;
}

const encoder = new TextEncoder();

export const portableHashing: TextHashing = {
  hex: digestText,
  base64url: (text) => base64url.encode(sha256(encoder.encode(text))),
  bytes: (text) => sha256(encoder.encode(text)),
  node: nodeHash,
};

/** The leaf of a record in the tree of its ledger: RFC 9162 puts a zero byte before it. */
export function leafOf(text: string, { bytes }: TextHashing): Uint8Array {
  return bytes(`\0${text}`);
}
