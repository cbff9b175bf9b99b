/** What can still be told of a line that strict reading refuses, such as one with a duplicate key. */

import { greatestDepth } from "../../schema/json/depth.ts";
import { type JsonNode, type ParsedJson, parseJson, toValue } from "../../schema/json/parse.ts";
import { longestLineBytes } from "./lines.ts";
import { parseWant, type Want } from "./want.ts";

export interface LineMarks {
  /** The JSON text of the line's `id`, to be repeated as it stands; `null` where there is none. */
  readonly id: string;
  readonly want: Want | "malformed" | undefined;
}

/** An id is repeated, and a wish believed, only where it is plain which one is meant, and strict JSON in itself. */
export function marksOfRefused(refused: Extract<ParsedJson, { ok: false }>): LineMarks {
  const isDeep = refused.problems.some(({ code }) => code === "too_deep");
  const parsed = isDeep ? parseShallow(refused.text) : refused;
  const { root, text } = parsed;
  if (root?.kind !== "object") return { id: "null", want: undefined };
  const problems = parsed.ok ? [] : parsed.problems;
  const isStrict = ({ start, end }: JsonNode) => !problems.some(({ offset }) => start <= offset && offset < end);
  const valuesOf = (key: string) => root.members.filter(({ name }) => name === key).map(({ value }) => value);

  const [id, ...moreIds] = valuesOf("id");
  const isPlain = id !== undefined && moreIds.length === 0 && isStrict(id) && !(isDeep && isContainer(id));
  const [want, ...moreWants] = valuesOf("want");
  if (want === undefined) return { id: isPlain ? idText(id, text) : "null", want: undefined };
  const isWanted = moreWants.length === 0 && isStrict(want);
  return { id: isPlain ? idText(id, text) : "null", want: isWanted ? parseWant(toValue(want)) : "malformed" };
}

/** As it stands in the line: a carriage return or tab can only be a blank here, in a string it is an escape. */
export function idText({ start, end }: JsonNode, text: string): string {
  return text.slice(start, end).replace(/[\r\t]/g, " ");
}

function isContainer({ kind }: JsonNode): boolean {
  return kind === "array" || kind === "object";
}

/** JSON that nests deeper than can be read, with null for what lies too deep. */
function parseShallow(text: string): ParsedJson {
  const limits = { maxBytes: longestLineBytes, maxDepth: greatestDepth };
  return parseJson(isJson(text) ? withoutDepths(text) : "", limits);
}

/** The platform's parser needs no stack; it knows nothing of duplicates. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** In constant stack, whatever a hostile text holds. */
function withoutDepths(text: string): string {
  const kept: string[] = [];
  let from = 0;
  let depth = 0;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (isString && character === "\\") i++;
    else if (character === '"') isString = !isString;
    else if (isString) continue;
    else if (character === "[" || character === "{") {
      if (depth === greatestDepth) kept.push(text.slice(from, i), "null");
      depth++;
    } else if (character === "]" || character === "}") {
      depth--;
      if (depth === greatestDepth) from = i + 1;
    }
  }
  return [...kept, text.slice(from)].join("");
}
