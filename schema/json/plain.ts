/**
 * The quick way into plain texts, for the path of every decision: the platform's parser reads the values, and one scan
 * finds what that parser hides. Whatever is out of the ordinary is left to `parseJson`.
 */
import { greatestDepth } from "./depth.ts";
import type { JsonMember, JsonNode } from "./node.ts";

/**
 * The node that `parseJson` makes of the text, without positions. Undefined for whatever is no strict JSON, and for some
 * that is: texts with escapes, and objects with keys that start with a digit.
 *
 * @param maxDepth levels of objects and arrays, the root being level 1; never more than 1,000
 */
export function readPlainJson(text: string, maxDepth: number): JsonNode | undefined {
  if (text.includes("\\") || !text.isWellFormed()) return undefined;
  const scan = scanText(text, Math.min(maxDepth, greatestDepth));
  if (scan === undefined) return undefined;
  try {
    const root = nodeAlong(scan, JSON.parse(text));
    // Of two equal keys the platform's parser keeps one.
    return root !== undefined && scan.members === 0 && scan.next === scan.numbers.length ? root : undefined;
  } catch {
    return undefined;
  }
}

/** What a text has outside its strings. */
interface Scan {
  /** Members of objects that have not been met yet. */
  members: number;
  /** The numbers as written, in order. */
  readonly numbers: readonly string[];
  /** The index of the first number that has not been met yet. */
  next: number;
}

/** Undefined where objects and arrays nest too deep, or a string does not end. The text has no escapes. */
function scanText(text: string, maxDepth: number): Scan | undefined {
  const numbers: string[] = [];
  let members = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22 /* " */) {
      i = text.indexOf('"', i + 1);
      if (i < 0) return undefined;
    } else if (c === 0x7b /* { */ || c === 0x5b /* [ */) {
      depth++;
      if (depth > maxDepth) return undefined;
    } else if (c === 0x7d /* } */ || c === 0x5d /* ] */) {
      depth--;
    } else if (c === 0x3a /* : */) {
      members++;
    } else if (c === 0x2d /* - */ || isDigit(c)) {
      const end = endOfNumber(text, i);
      numbers.push(text.slice(i, end));
      i = end - 1;
    }
  }
  return { members, numbers, next: 0 };
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && partOfNumber(text.charCodeAt(end))) end++;
  return end;
}

/** Digits, `.`, `-`, `+`, `e` and `E`. */
function partOfNumber(c: number): boolean {
  return isDigit(c) || c === 0x2e || c === 0x2d || c === 0x2b || c === 0x65 || c === 0x45;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

const place = { start: 0, end: 0 } as const;

/** Goes through the value in the order of the text, which holds unless a key looks like an index. */
function nodeAlong(scan: Scan, value: unknown): JsonNode | undefined {
  switch (typeof value) {
    case "string":
      return { kind: "string", value, ...place };
    case "boolean":
      return { kind: "boolean", value, ...place };
    case "number": {
      const text = scan.numbers[scan.next++];
      return text !== undefined && Number(text) === value ? { kind: "number", text, ...place } : undefined;
    }
  }
  if (value === null) return { kind: "null", ...place };
  if (Array.isArray(value)) {
    const elements: JsonNode[] = [];
    for (const element of value) {
      const node = nodeAlong(scan, element);
      if (node === undefined) return undefined;
      elements.push(node);
    }
    return { kind: "array", elements, ...place };
  }
  return objectAlong(scan, Object.entries(value as object));
}

function objectAlong(scan: Scan, entries: readonly (readonly [string, unknown])[]): JsonNode | undefined {
  const members: JsonMember[] = [];
  for (const [name, value] of entries) {
    if (isDigit(name.charCodeAt(0))) return undefined;
    scan.members--;
    const node = nodeAlong(scan, value);
    if (node === undefined) return undefined;
    members.push({ name, nameStart: 0, nameEnd: 0, value: node });
  }
  return { kind: "object", members, ...place };
}
