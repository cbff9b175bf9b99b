import canonicalize from "canonicalize";
import { stripPrototypes } from "./bare.ts";
import { orderedCopy, unordered } from "./ordered.ts";
import { sha256Hex } from "./sha256.ts";

/** The JCS form (RFC 8785) of a JSON value: of `toValue`, or made of plain finite data. */
export function canonicalJson(value: unknown): string {
  return quickForm(value)?.text ?? slowText(value);
}

export interface CanonicalForm {
  readonly text: string;
  /** What a reader of the text has: nobody else holds it, and its objects inherit nothing. */
  readonly value: unknown;
}

/** The JCS form, and its value, without reading it again. */
export function canonicalForm(value: unknown): CanonicalForm {
  const quick = quickForm(value);
  if (quick !== undefined) return quick;
  const text = slowText(value);
  const read: unknown = JSON.parse(text);
  stripPrototypes(read);
  return { text, value: read };
}

/** Undefined where this way cannot tell: an escaped surrogate may be one that JCS refuses. */
function quickForm(given: unknown): CanonicalForm | undefined {
  const value = orderedCopy(given);
  const text = value === unordered ? undefined : JSON.stringify(value);
  return text === undefined || text.includes("\\ud") ? undefined : { text, value };
}

function slowText(value: unknown): string {
  return canonicalize(value) ?? "null";
}

/** `sha256:<64 lower-case hex digits>` of bytes, or of a text in UTF-8. */
export function sha256(input: string | Uint8Array): string {
  return `sha256:${sha256Hex(input)}`;
}

/** Order by code point, which differs from JavaScript's own order (UTF-16) above U+FFFF. */
export function codePointCompare(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others: they sort after U+E000–U+FFFF. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}
