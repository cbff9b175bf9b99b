import type { JsonProblem } from "./problem.ts";

const encoder = new TextEncoder();

export type DecodedText = { readonly ok: true; readonly text: string } | ({ readonly ok: false } & Refused);
interface Refused {
  readonly problems: readonly JsonProblem[];
  readonly text: string;
}

/** UTF-8 bytes, or a string, as text of at most `maxBytes` bytes in UTF-8 and without a byte order mark. */
export function decodeText(input: string | Uint8Array, maxBytes: number): DecodedText {
  if (!fits(input, maxBytes)) {
    return refused("", { code: "too_large", offset: 0, message: `the text is larger than ${maxBytes} bytes` });
  }
  if (typeof input === "string") return checkMark(input);
  try {
    return checkMark(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(input));
  } catch {
    const readable = new TextDecoder("utf-8", { ignoreBOM: true }).decode(input);
    // A replacement character may also stand in the text itself; the first one is where a reader looks first.
    const offset = Math.max(0, readable.indexOf("\ufffd"));
    return refused(readable, { code: "not_utf8", offset, message: "the bytes are not valid UTF-8" });
  }
}

function fits(input: string | Uint8Array, maxBytes: number): boolean {
  if (typeof input !== "string") return input.byteLength <= maxBytes;
  // A UTF-16 unit takes one to three bytes: most texts need no encoding to be measured.
  if (input.length * 3 <= maxBytes) return true;
  return input.length <= maxBytes && encoder.encode(input).byteLength <= maxBytes;
}

function checkMark(text: string): DecodedText {
  if (text.charCodeAt(0) !== 0xfeff) return { ok: true, text };
  return refused(text, { code: "bom", offset: 0, message: "the text starts with a byte order mark" });
}

function refused(text: string, problem: JsonProblem): DecodedText {
  return { ok: false, problems: [problem], text };
}
