import type { JsonNode } from "../../schema/json/parse.ts";
import { escapeText } from "../diagnostics/quote.ts";
import { collect } from "../diagnostics/report.ts";
import { isBlank, sheetPlaceOf } from "./blank.ts";
import { closestWord } from "./lexicon.ts";
import { reportNumeral } from "./numbers.ts";
import { meantInteger, plainInteger } from "./numerals.ts";
import { type Problem, problem } from "./problem.ts";
import { resolve, type SchemaError, type SchemaNode } from "./schema.ts";
import { asList, replaceWith } from "./slips.ts";
import { asHelp, describeNode, describeTypes } from "./words.ts";

/** A value of another JSON type. */
export function wrongType(error: SchemaError, node: JsonNode): Problem {
  const { pointer, schema } = error;
  const types = [error.params.type].flat().flatMap((type) => String(type).split(","));
  const remove = { do: "remove" as const, pointer };
  const blank = blankLine(error, node);
  if (blank !== undefined) return blank;
  if (node.kind === "number" && (types.includes("integer") || types.includes("number"))) {
    const { report, findings } = collect();
    reportNumeral(node.text, pointer, report);
    return { finding: findings[0]!, repair: remove };
  }
  const params = { expected: describeTypes(types), found: describeNode(node) };
  if (isEntry(node, types, schema)) return asList(pointer, params, node);
  const meant = meantValue(node, types);
  if (meant !== undefined) return replaceWith("type/wrong_type", pointer, params, meant.value, node);
  const description = pointer === "" ? undefined : resolve(schema).description;
  return problem("type/wrong_type", pointer, params, remove, description ? { help: asHelp(description) } : {});
}

/** What was meant by a value of the wrong type, where that is plain: `"5"`, `"true"`. */
function meantValue(node: JsonNode, types: readonly string[]): { readonly value: unknown } | undefined {
  if (types.length !== 1) return undefined;
  const [type] = types;
  if (type === "integer" && node.kind === "string" && plainInteger(node.value)) return { value: Number(node.value) };
  if (type === "boolean" && node.kind === "string" && /^(true|false)$/.test(node.value)) {
    return { value: node.value === "true" };
  }
  return undefined;
}

/** Whether one entry stands where a list of them is expected. */
function isEntry(node: JsonNode, types: readonly string[], { items }: SchemaNode): boolean {
  if (types.length !== 1 || types[0] !== "array" || (node.kind !== "string" && node.kind !== "object")) return false;
  return !isBlank(node) && admits(items as SchemaNode | undefined, node.kind);
}

/** Whether a value of that kind may be one that the schema describes, as far as its types tell. */
function admits(schema: SchemaNode | undefined, kind: JsonNode["kind"]): boolean {
  if (schema === undefined) return false;
  const {
    type,
    oneOf,
    const: constant,
    enum: values = constant === undefined ? undefined : [constant],
  } = resolve(schema);
  if (type !== undefined) return [type].flat().includes(kind);
  if (values !== undefined) return values.some((value) => typeof value === kind);
  return oneOf?.some((each) => admits(each, kind)) ?? false;
}

/** A blank value on a line of the sheet. */
function blankLine({ tokens, pointer }: SchemaError, node: JsonNode): Problem | undefined {
  const line = isBlank(node) ? sheetPlaceOf(tokens) : undefined;
  if (line === undefined) return undefined;
  const params = { ...line, detail: `it is ${describeNode(node)}` };
  return problem("sheet/unbounded", pointer, params, { do: "remove", pointer });
}

/** A word that is not one of those admitted. */
export function notOneOf(error: SchemaError, node: JsonNode): Problem {
  const { pointer } = error;
  const admitted = [error.params.allowedValues ?? error.params.allowedValue].flat().map(String);
  const isWord = [error.schema.enum ?? error.schema.const].flat().every((value) => typeof value === "string");
  const remove = { do: "remove" as const, pointer };
  const found = describeNode(node);
  if (!isWord) return problem("value/not_one_of", pointer, { found, admitted }, remove);
  const meant = meantWord(node, admitted);
  // Beside a value of another type, the quotes tell them apart: the number `1` is not `"1"`.
  const shown = (word: string) => (node.kind === "string" ? word : JSON.stringify(word));
  const params = { found, admitted: admitted.map(shown) };
  if (meant === undefined) return problem("value/not_one_of", pointer, params, remove);
  return replaceWith("value/not_one_of", pointer, { ...params, meant: shown(meant) }, meant, node);
}

function meantWord(node: JsonNode, admitted: readonly string[]): string | undefined {
  if (node.kind === "string") return closestWord(node.value, admitted);
  return node.kind === "number" && admitted.includes(node.text) ? node.text : undefined;
}

/** A text that does not have the form of a name, digest or pointer. */
export function wrongForm(error: SchemaError, node: JsonNode): Problem {
  const { pointer, schema, tokens } = error;
  const text = node.kind === "string" ? node.value : "";
  const remove = { do: "remove" as const, pointer };
  if (schema.title === "Digest") {
    const meant = text
      .trim()
      .toLowerCase()
      .replace(/^sha-?256:/, "");
    const params = { found: text };
    if (!/^[0-9a-f]{64}$/.test(meant)) return problem("value/not_a_digest", pointer, params, remove);
    return replaceWith("value/not_a_digest", pointer, params, meant, node);
  }
  if (schema.title === "Pointer") {
    const params = { found: text };
    if (!/^[A-Za-z0-9_]+$/.test(text)) return problem("value/not_a_pointer", pointer, params, remove);
    return replaceWith("value/not_a_pointer", pointer, params, `/${text}`, node);
  }
  return problem("name/invalid", pointer, { kind: nameKind(tokens), name: text }, remove);
}

function nameKind(tokens: readonly string[]): string {
  const [top] = tokens;
  if (tokens.includes("roles")) return "role";
  if (top === "breakers") return "breaker";
  if (top === "postconditions") return "postcondition";
  return "effect";
}

/** A text, list or object that is too short or too long. */
export function wrongSize(error: SchemaError, node: JsonNode): Problem {
  const { pointer, keyword, schema } = error;
  const blank = blankLine(error, node);
  if (blank !== undefined) return blank;
  const limit = Number(error.params.limit);
  const found = sizeOf(node);
  const remove = { do: "remove" as const, pointer };
  if (keyword.startsWith("min") && found === 0) {
    const description = resolve(schema).description;
    const details = description === undefined ? {} : { help: asHelp(description) };
    return problem("size/empty", pointer, { counted: counted(node) }, remove, details);
  }
  const code = keyword.startsWith("min") ? "size/too_small" : "size/too_large";
  return problem(code, pointer, { counted: counted(node), limit, found }, remove);
}

function sizeOf(node: JsonNode): number {
  if (node.kind === "string") return Array.from(node.value).length;
  if (node.kind === "array") return node.elements.length;
  return node.kind === "object" ? node.members.length : 0;
}

function counted(node: JsonNode): string {
  if (node.kind === "string") return "character";
  return node.kind === "array" ? "entry" : "member";
}

/** A number below its least or above its greatest value. */
export function outOfRange({ pointer, tokens, keyword, params }: SchemaError, node: JsonNode): Problem {
  if (node.kind === "number" && Number(node.text) < 0 && limits.has(tokens.at(-1) ?? "")) {
    return problem("num/negative", pointer, { text: node.text }, { do: "remove", pointer });
  }
  const text = escapeText(node.kind === "number" ? (meantInteger(node.text) ?? node.text) : "");
  const limit = `${keyword === "minimum" ? "at least" : "at most"} ${String(params.limit)}`;
  return problem("num/out_of_range", pointer, { text, limit }, { do: "remove", pointer });
}

const limits: ReadonlySet<string> = new Set(["max", "maxAgeSeconds", "seconds", "withinSeconds", "maxDurationSeconds"]);
