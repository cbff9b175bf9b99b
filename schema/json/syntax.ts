import type { JsonProblem } from "./problem.ts";
import { showText } from "./show.ts";

/** The first syntax error of a text in our words; `offset` is where the parser gave up, or the length of the text. */
export function syntaxProblem(text: string, offset: number): JsonProblem {
  const rest = text.slice(offset);
  if (/^\/[/*]/.test(rest)) return { code: "comment", offset, message: "JSON has no comments" };
  if (text.trim() === "") return { code: "unfinished", offset: 0, message: "the text is empty" };
  // At a premature end momoa names the last token.
  if (rest === "" || (lastToken.test(rest) && isOpen(text))) {
    return { code: "unfinished", offset: text.length, message: "the text ends before the value is complete" };
  }
  const found = showText(String.fromCodePoint(rest.codePointAt(0) ?? 0));
  if (isWholeValue(text.slice(0, offset))) {
    return { code: "trailing_text", offset, message: `unexpected \`${found}\` after the end of the value` };
  }
  return { code: "not_json", offset, message: `unexpected \`${found}\`${hint(text, offset)}` };
}

const lastToken = /^(?:"(?:[^"\\]|\\.)*"|[\w.+-]+|[^"\w])\s*$/;

/** Where a string holds a raw control character, or -1: the one thing of RFC 8259 that momoa lets pass. */
export function rawControlAt(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) quoted = !quoted;
    else if (quoted && c === 0x5c) i++;
    else if (quoted && c < 0x20) return i;
  }
  return -1;
}

function isOpen(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (quoted && c === "\\") i++;
    else if (!quoted && (c === "[" || c === "{")) depth++;
    else if (!quoted && (c === "]" || c === "}")) depth--;
  }
  return quoted || depth > 0;
}

function isWholeValue(text: string): boolean {
  try {
    JSON.parse(text);
    return !/[\w.+-]$/.test(text);
  } catch {
    return false;
  }
}

function hint(text: string, offset: number): string {
  const found = text[offset] ?? "";
  if (text.slice(0, offset).trimEnd().endsWith(",") && (found === "}" || found === "]")) {
    return "; JSON allows no comma before it";
  }
  if (found === "'") return "; strings stand in double quotes";
  if (rawControlAt(text) === offset) return "; a control character in a string is written as an escape";
  return "";
}
