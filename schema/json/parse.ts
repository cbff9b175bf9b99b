import { type MemberNode, parse, type ValueNode } from "@humanwhocodes/momoa";
import { defaultMaxDepth, greatestDepth, tooDeepAt } from "./depth.ts";
import type { JsonMember, JsonNode } from "./node.ts";
import type { JsonProblem } from "./problem.ts";
import { showText } from "./show.ts";
import { rawControlAt, syntaxProblem } from "./syntax.ts";
import { decodeText } from "./text.ts";

export type { JsonMember, JsonNode } from "./node.ts";
export type { JsonProblem, JsonProblemCode } from "./problem.ts";
export { nodeOf, toValue } from "./value.ts";

/** The largest text accepted where nothing else is said: 1 MiB (SPEC §4). */
export const defaultMaxBytes = 1_048_576;

export interface JsonLimits {
  /** Levels of objects and arrays, the root being level 1; 64 where it is not written, never more than 1,000. */
  readonly maxDepth?: number;
  /** Bytes in UTF-8; 1 MiB where it is not written. */
  readonly maxBytes?: number;
}

export type ParsedJson =
  | { readonly ok: true; readonly root: JsonNode; readonly text: string }
  /** `root`: where the syntax stands and only keys or characters are refused; objects may have equal keys then. */
  | { readonly ok: false; readonly problems: readonly JsonProblem[]; readonly text: string; readonly root?: JsonNode };

/**
 * Strict JSON (RFC 8259) with positions: UTF-8, no byte order mark, no comments, no duplicate keys, no lone surrogates.
 * Never throws. Duplicate keys and lone surrogates are all reported at once; any other problem alone.
 */
export function parseJson(input: string | Uint8Array, limits: JsonLimits = {}): ParsedJson {
  const decoded = decodeText(input, limits.maxBytes ?? defaultMaxBytes);
  if (!decoded.ok) return decoded;
  const { text } = decoded;
  const maxDepth = Math.min(limits.maxDepth ?? defaultMaxDepth, greatestDepth);
  const deepAt = tooDeepAt(text, maxDepth);
  if (deepAt >= 0) {
    const message = `objects and arrays are nested deeper than ${maxDepth} levels`;
    return { ok: false, problems: [{ code: "too_deep", offset: deepAt, message }], text };
  }
  const parsed = parseSyntax(text);
  if ("offset" in parsed) return { ok: false, problems: [syntaxProblem(text, parsed.offset)], text };
  const problems: JsonProblem[] = [];
  const root = convert(parsed.body, text, problems);
  if (problems.length === 0) return { ok: true, root, text };
  return { ok: false, problems: problems.sort((a, b) => a.offset - b.offset), text, root };
}

/** Both parsers must accept: the platform's is exactly RFC 8259, momoa's knows the positions. */
function parseSyntax(text: string): { body: ValueNode } | { offset: number } {
  let strict = true;
  try {
    JSON.parse(text);
  } catch {
    strict = false;
  }
  try {
    const { body } = parse(text, { mode: "json" });
    return strict ? { body } : { offset: Math.max(0, rawControlAt(text)) };
  } catch (error) {
    return { offset: errorOffset(error, text) };
  }
}

function errorOffset(error: unknown, text: string): number {
  if (!(error instanceof Error) || !("offset" in error) || typeof error.offset !== "number") return 0;
  if (error.message.startsWith("Unexpected end")) return text.length;
  return Math.min(Math.max(error.offset, 0), text.length);
}

function convert(node: ValueNode, text: string, problems: JsonProblem[]): JsonNode {
  const start = node.loc.start.offset;
  const end = node.loc.end.offset;
  switch (node.type) {
    case "Object":
      return { kind: "object", members: convertMembers(node.members, text, problems), start, end };
    case "Array":
      return { kind: "array", elements: node.elements.map((e) => convert(e.value, text, problems)), start, end };
    case "String":
      return { kind: "string", value: checkSurrogates(node.value, start, problems), start, end };
    case "Boolean":
      return { kind: "boolean", value: node.value, start, end };
    case "Null":
      return { kind: "null", start, end };
    default:
      return { kind: "number", text: text.slice(start, end), start, end };
  }
}

function convertMembers(nodes: readonly MemberNode[], text: string, problems: JsonProblem[]): JsonMember[] {
  const seen = new Map<string, number>();
  return nodes.map((node) => {
    const nameStart = node.name.loc.start.offset;
    const name = checkSurrogates(node.name.type === "String" ? node.name.value : node.name.name, nameStart, problems);
    const first = seen.get(name);
    if (first === undefined) seen.set(name, nameStart);
    else problems.push(duplicate(name, nameStart, first));
    return { name, nameStart, nameEnd: node.name.loc.end.offset, value: convert(node.value, text, problems) };
  });
}

function duplicate(name: string, offset: number, otherOffset: number): JsonProblem {
  return { code: "duplicate_key", offset, otherOffset, message: `duplicate key \`${showText(name)}\`` };
}

function checkSurrogates(value: string, offset: number, problems: JsonProblem[]): string {
  if (!value.isWellFormed()) {
    const message = `\`${showText(value)}\` has half of a surrogate pair`;
    problems.push({ code: "lone_surrogate", offset, message });
  }
  return value;
}
