import { describe, expect, test } from "vitest";
import { catalogue, codes } from "../../compiler/diagnostics/catalogue.ts";
import { exampleSource } from "../../compiler/diagnostics/example-source.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { readEither } from "../../compiler/read/template.ts";
import { envelopeText, summary, withoutOwnNote } from "./envelopes.ts";

const jargon =
  /must have|must be (?:string|number|integer|object|array|boolean|null|equal|[<>])|must match|must NOT|additional propert|required property|passingSchemas|schema|undefined|\[object/;

test("the example envelope has no finding but the note that its flags ask for two keys", () => {
  expect(summary(readEnvelope(envelopeText()).diagnostics)).toEqual(["fires/two_keys /capabilities"]);
});

describe("every diagnostic", () => {
  test.each(codes)("%s is triggered by its example, alone", (code) => {
    const { diagnostics } = readEither(exampleSource(catalogue[code].example));
    const others = withoutOwnNote(diagnostics).filter((diagnostic) => diagnostic.code !== code);
    // Where a text is no envelope at all, what is missing in it is said as well.
    const isDocument = !("text" in catalogue[code].example);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    if (isDocument) expect(others).toEqual([]);
  });

  test.each(codes)("%s speaks plainly", (code) => {
    for (const { message, help = "" } of readEither(exampleSource(catalogue[code].example)).diagnostics) {
      for (const text of [message, help, catalogue[code].summary]) {
        expect(text).not.toMatch(jargon);
        expect(text).not.toMatch(/[^.…]\.$/);
        expect(text).not.toMatch(/^[A-Z][a-z]/);
      }
    }
  });

  test.each(codes)("%s has the severity of the catalogue", (code) => {
    const { severity } = catalogue[code];
    if (typeof severity === "function") return;
    const found = readEither(exampleSource(catalogue[code].example)).diagnostics.filter((d) => d.code === code);
    for (const diagnostic of found) expect(diagnostic.severity).toBe(severity);
  });
});
