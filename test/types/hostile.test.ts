/** No text of an envelope is more than a text in its types. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Envelope } from "../../schema/envelope.ts";
import { formatPointer } from "../../schema/json/pointer.ts";
import { desk } from "./desk.ts";
import { typesOf } from "./rendered.ts";
import { typeErrors } from "./tsc.ts";

const nasty = [
  `"; declare const x: any; export type Allow = any; //`,
  "*/ export type Pwned = 1; /*",
  `\`\${process.exit()}\``,
  "</script>",
  "line\u2028next\u2029paragraph",
  "\r\n// @ts-nocheck\n",
  "\\",
  '\\" ',
  "\x001",
  "\u202Eevil\u202C",
  "__proto__",
  "constructor",
  "toString",
  "0",
  "-1",
  "1e3",
  "",
  " ",
  "'",
  "$",
  "a.b",
  "é",
  "👩‍💻",
  "/// <reference types='node' />",
  "@ts-ignore",
  "__@iterator",
  "__#private",
];

/** The text wherever an envelope has a free one, and a call that has it wherever a call does. */
function withText(text: string): { readonly document: Envelope; readonly call: unknown; readonly fields: unknown } {
  // A listed value has no hidden characters; names, pointers and discriminators are not asked here.
  const value = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
  const document: Envelope = {
    ...desk,
    id: text,
    effects: {
      say: {
        tools: [{ tool: text, where: { [formatPointer(["kind", text])]: [text] } }],
        external: false,
        fields: {
          words: { type: "string", from: formatPointer(["words", text]) },
          all: { type: "set", of: "string", from: formatPointer([`all${text}`]) },
          count: { type: "integer", from: formatPointer([`n${text}`]), unit: text },
        },
        ignored: [formatPointer([`ignored${text}`])],
        results: { made: { type: "string", from: formatPointer([text]) } },
        allow: { words: { oneOf: [value, `${value}!`] }, all: { subsetOf: [value] } },
        rows: [{ fields: ["words"], oneOf: [[value]] }],
        perCall: { count: { max: 1 } },
        session: { calls: { max: 1 } },
      },
    },
    forbidden: [{ effect: "no", reason: text }, { tag: text }],
  };
  const args = {
    kind: { [text]: text },
    words: { [text]: value },
    [`all${text}`]: [value],
    [`n${text}`]: 1,
    [`ignored${text}`]: text,
  };
  const fields = { words: value, all: { count: 1, items: [value] }, count: 1, "rows/0": JSON.stringify([value]) };
  return { document, call: { tool: text, args }, fields };
}

function errorsOf(texts: readonly string[]) {
  const files = texts.flatMap((text, i): [string, string][] => {
    const { document, call, fields } = withText(text);
    const types = typesOf(document);
    expect(declarationsOf(types)).toEqual(declarationsOf(typesOf(withText("plain").document)));
    const program = `import type { EnvelopeId, Fields, Proposal } from "./t${i}.ts";
export const id: EnvelopeId = ${quote(text)};
export const call: Proposal<"say"> = ${quote(call)};
export const fields: Fields["say"] = ${quote(fields)};
`;
    return [
      [`t${i}.ts`, types],
      [`p${i}.ts`, program],
    ];
  });
  return typeErrors(Object.fromEntries(files));
}

/** As an expression: `"__proto__"` is a member like any other only where its name is computed. */
function quote(value: unknown): string {
  return JSON.stringify(value).replaceAll('"__proto__":', '["__proto__"]:');
}

/** What stands at the start of a line: every declaration, and no line that a text has begun. */
function declarationsOf(types: string): readonly string[] {
  return types.split("\n").filter((line) => /^\S/.test(line) && !line.startsWith("export type Envelope"));
}

test("texts that try to break out", () => expect(errorsOf(nasty)).toEqual([]));

test("any texts", () => {
  const texts = fc.sample(fc.string({ unit: "binary", maxLength: 12 }), 100).filter((text) => text.isWellFormed());
  expect(errorsOf(texts), JSON.stringify(texts)).toEqual([]);
});

test("types are printable ASCII, whatever the text", () => {
  for (const text of nasty) expect(typesOf(withText(text).document)).toMatch(/^[\x20-\x7e\n]*$/);
});
