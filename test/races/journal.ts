/**
 * What a worker did, told by itself line by line. A line is in the kernel's hands when `write` returns: the death of the worker
 * takes nothing back.
 */
import { existsSync, openSync, readFileSync, writeSync } from "node:fs";

export type Line =
  | { readonly did: "ask"; readonly bill: string }
  /** `jti` where there is a token. */
  | {
      readonly did: "hear";
      readonly bill: string;
      readonly verdict: string;
      readonly code: string | null;
      /** The first violation's message, where there is one. */
      readonly why: string | null;
      readonly seq: number | null;
      readonly jti: string | null;
    }
  /** The effect: written by the tool, after it was redeemed. */
  | { readonly did: "pay"; readonly bill: string; readonly jti: string; readonly paid: number }
  | { readonly did: "settle"; readonly jti: string; readonly outcome: string }
  /** The guard let nothing pass. */
  | { readonly did: "bounce"; readonly bill: string; readonly code: string; readonly seq: number | null }
  /** The same is tried again. */
  | { readonly did: "retry"; readonly what: "propose" | "redeem" | "settle"; readonly code: string };

export type Write = (line: Line) => void;

export function journalAt(path: string): Write {
  const file = openSync(path, "a");
  return (line) => void writeSync(file, `${JSON.stringify(line)}\n`);
}

/** A last line without its end was never told. */
export function readJournal(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line): Line => JSON.parse(line));
}
