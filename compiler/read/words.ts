import type { JsonNode } from "../../schema/json/parse.ts";
import { escapeText, quote } from "../diagnostics/quote.ts";

/** A value in plain words: `the string "abc"`, `the number 1.5`, `a list`. */
export function describeNode(node: JsonNode): string {
  switch (node.kind) {
    case "object":
      return node.members.length === 0 ? "an empty object" : "an object";
    case "array":
      return node.elements.length === 0 ? "an empty list" : "a list";
    case "string":
      return node.value === "" ? "an empty string" : `the string \`"${escapeText(node.value)}"\``;
    case "number":
      return `the number ${quote(node.text)}`;
    case "boolean":
      return quote(String(node.value));
    case "null":
      return "`null`";
  }
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ["object", "an object"],
  ["array", "a list"],
  ["string", "a string"],
  ["number", "a number"],
  ["integer", "an integer"],
  ["boolean", "`true` or `false`"],
  ["null", "`null`"],
]);

/** JSON Schema type names in plain words: `a string or a number`. */
export function describeTypes(types: readonly string[]): string {
  return types.map((type) => typeWords.get(type) ?? type).join(" or ");
}

/** Where a value stands, in plain words: `field `amount` of effect `pay``. */
export function describePlace(tokens: readonly string[]): string {
  const [top, effect, part, name, ...rest] = tokens;
  if (top === undefined) return "the envelope";
  if (top !== "effects" || effect === undefined) return quote(tokens.join("."));
  const whose = `effect ${quote(effect)}`;
  if (part === undefined) return whose;
  if (part === "fields" && name !== undefined && rest.length === 0) return `field ${quote(name)} of ${whose}`;
  return `${quote(tokens.slice(2).join("."))} of ${whose}`;
}

/** A schema's description as help: lower case, no full stop. */
export function asHelp(description: string): string {
  const first = /^[A-Z][a-z ]/.test(description) ? description[0]!.toLowerCase() : description[0];
  return `${first ?? ""}${description.slice(1)}`.replace(/\.$/, "");
}
