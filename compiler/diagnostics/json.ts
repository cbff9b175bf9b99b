import type { Family } from "./entry.ts";

export interface Problem {
  /** The reader's own words. */
  readonly reason: string;
}

/** The text is no strict JSON. */
export const json = {
  "json/not_json": {
    severity: "error",
    summary: "the text is not JSON",
    message: ({ reason }: Problem) => `not JSON: ${reason}`,
    help: "an envelope is strict JSON (RFC 8259): double quotes, no trailing commas",
    example: { text: '{"ambit": "1",}' },
  },
  "json/trailing_text": {
    severity: "error",
    summary: "something follows the document",
    message: ({ reason }: Problem) => `text after the document: ${reason}`,
    help: "a file holds exactly one JSON document",
    example: { text: "{} {}" },
  },
  "json/bom": {
    severity: "error",
    summary: "the text starts with a byte order mark",
    message: (_: Problem) => "the text starts with a byte order mark (`\\u{feff}`)",
    help: "save the file as UTF-8 without BOM",
    example: { text: "\ufeff{}" },
  },
  "json/comment": {
    severity: "error",
    summary: "the text has a comment",
    message: (_: Problem) => "JSON has no comments",
    help: "delete the comment; narrative belongs in `goal` or in the `reason` of a forbidden entry",
    example: { text: "{} // draft" },
  },
  "json/duplicate_key": {
    severity: "error",
    summary: "an object has two members of one name",
    message: ({ name, first }: { readonly name: string; readonly first: { line: number; column: number } }) =>
      `${name} is written twice in one object; first at line ${first.line}, column ${first.column}`,
    help: "readers disagree about which of two equal names counts, so neither does: delete one",
    example: { find: '"mode": "window",', put: '"mode": "window", "mode": "base",' },
  },
  "json/lone_surrogate": {
    severity: "error",
    summary: "a string holds half of a surrogate pair",
    message: (_: Problem) => "half of a surrogate pair is no character",
    help: "write the character itself, or both halves of its escape",
    example: { find: '"Pay the invoices of March"', put: '"Pay \\ud83d"' },
  },
  "json/too_deep": {
    severity: "error",
    summary: "the document is nested too deeply",
    message: ({ reason }: Problem) => `nested too deeply: ${reason}`,
    example: { text: `${"[".repeat(65)}${"]".repeat(65)}` },
  },
  "json/too_large": {
    severity: "error",
    summary: "the document is larger than 1 MiB",
    message: ({ reason }: Problem) => `the document is too large: ${reason}`,
    example: { text: `{"ambit": "${"1".repeat(1_048_576)}"}` },
  },
  "json/not_utf8": {
    severity: "error",
    summary: "the bytes are not UTF-8",
    message: (_: Problem) => "the bytes are not UTF-8",
    help: "save the file as UTF-8",
    example: { bytes: [0x7b, 0xff, 0x7d] },
  },
} satisfies Family;
