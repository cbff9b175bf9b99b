import { expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { Diagnostic } from "../../schema/diagnostic.ts";
import { envelopeText, move, put, remove, set } from "./envelopes.ts";

interface Row {
  readonly name: string;
  readonly text: string;
  readonly code: string;
  readonly pointer: string;
  /** What the source has from the reported place on. */
  readonly at: string;
}

const rows: readonly Row[] = [
  {
    name: "a missing member: its own pointer, the parent's brace",
    text: envelopeText(remove("/validity/expiresAt")),
    code: "key/missing",
    pointer: "/validity/expiresAt",
    at: '{\n    "notBefore"',
  },
  {
    name: "a missing member of the root",
    text: envelopeText(remove("/recovery")),
    code: "key/missing",
    pointer: "/recovery",
    at: '{\n  "ambit"',
  },
  {
    name: "an unknown member: its key",
    text: envelopeText(put("/validity/extra", 1)),
    code: "key/unknown",
    pointer: "/validity/extra",
    at: '"extra": 1',
  },
  {
    name: "a wrong value: the value",
    text: envelopeText(set("/effects/pay/session/calls/max", true)),
    code: "type/wrong_type",
    pointer: "/effects/pay/session/calls/max",
    at: "true",
  },
  {
    name: "below a misspelt member: the pointer as written",
    text: envelopeText(move("/effects/pay/session", "/effects/pay/sesion"), set("/effects/pay/sesion/calls/max", true)),
    code: "type/wrong_type",
    pointer: "/effects/pay/sesion/calls/max",
    at: "true",
  },
  {
    name: "a member whose name needs escaping",
    text: envelopeText(put("/validity/a~1b", 1)),
    code: "key/unknown",
    pointer: "/validity/a~1b",
    at: '"a/b"',
  },
  {
    name: "an element behind one that was taken out",
    text: envelopeText(put("/capabilities/0", 7), put("/capabilities/-", 8)),
    code: "type/wrong_type",
    pointer: "/capabilities/3",
    at: "8",
  },
  {
    name: "the second of two equal keys",
    text: envelopeText().replace('"mode": "window"', '"mode": "window", "mode": "base"'),
    code: "json/duplicate_key",
    pointer: "/mode",
    at: '"mode": "base"',
  },
  { name: "no JSON", text: '{\n  "a": 1,\n}', code: "json/not_json", pointer: "", at: "}" },
];

test.each(rows)("$name", ({ text, code, pointer, at }) => {
  const found = readEnvelope(text).diagnostics.find(
    (diagnostic) => diagnostic.code === code && diagnostic.pointer === pointer,
  );
  expect(found).toBeDefined();
  expect(from(text, found!).slice(0, at.length)).toBe(at);
});

test("columns count UTF-16 units, lines end with LF, CR or CRLF", () => {
  const text = '\r\n{\r"goal": "😀", "x": 1}';
  const { line, column } = readEnvelope(text).diagnostics.find(({ pointer }) => pointer === "/x")!;
  expect({ line, column }).toEqual({ line: 3, column: 15 });
});

test("diagnostics come by position, then code", () => {
  const { diagnostics } = readEnvelope(envelopeText(set("/mode", 3), remove("/issuer"), set("/recovery", null)));
  const places = diagnostics.map(({ line, column }) => line * 1000 + column);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places.length).toBe(4);
});

function from(text: string, { line, column }: Diagnostic): string {
  const lines = text.split("\n");
  return lines
    .slice(line - 1)
    .join("\n")
    .slice(column - 1);
}
