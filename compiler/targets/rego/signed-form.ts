/** The form in which OPA hashes a JSON file of a bundle: compact, keys sorted by UTF-8 bytes, strings as Go writes them. */
import { codePointCompare } from "../../../schema/json/canonical.ts";

/**
 * Takes the value of a text in canonical form. OPA hashes numbers as they are written there, which is how JSON.stringify
 * writes them.
 */
export function signedForm(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(signedForm).join(",")}]`;
  if (typeof value === "string") return goString(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => codePointCompare(a, b));
  return `{${members.map(([name, member]) => `${goString(name)}:${signedForm(member)}`).join(",")}}`;
}

/** Go escapes the two line separators, which JavaScript leaves, and otherwise the same characters in the same way. */
function goString(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
