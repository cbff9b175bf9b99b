/** JSONTestSuite, through both doors that read JSON: envelopes and proposals. */
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { figure } from "../figure.ts";
import { bytesOf, filesBelow, missing } from "./corpora.ts";
import { oneCall, plainEnvelope } from "./plain-envelope.ts";

/** Documents that RFC 8259 admits and a door refuses, each with the rule. */
const stricter: Readonly<Record<"envelope" | "proposal", Readonly<Record<string, string>>>> = {
  envelope: {
    "y_object_duplicated_key.json": "no duplicate keys",
    "y_object_duplicated_key_and_value.json": "no duplicate keys",
  },
  proposal: {
    "y_number_minus_zero.json": "no negative zero",
    "y_number_negative_zero.json": "no negative zero",
    "y_object_duplicated_key.json": "no duplicate keys",
    "y_object_duplicated_key_and_value.json": "no duplicate keys",
  },
};

const decode = planDecoder(
  plainEnvelope("json", { take: { ...oneCall, tools: ["take"], fields: {}, ignored: ["/value"] } }),
);
const before = new TextEncoder().encode('{"tool":"take","args":{"value":');
const after = new TextEncoder().encode("}}");

const accepts = {
  envelope: (document: Uint8Array) =>
    !readEnvelope(document).diagnostics.some(({ code }) => String(code).startsWith("json/")),
  // As an argument that may be anything.
  proposal: (document: Uint8Array) => decode(new Uint8Array([...before, ...document, ...after])).ok,
};

describe.skipIf(missing)("JSONTestSuite (AMBIT_CORPORA)", () => {
  const files = filesBelow("json-parsing", /^[niy]_.*\.json$/);
  const starting = (letter: string) => files.filter((file) => basename(file).startsWith(letter));

  test.each(["envelope", "proposal"] as const)("%s: what must be refused is, what must be accepted is", (door) => {
    const accepted = (file: string) => accepts[door](bytesOf(file));
    const refusedRightly = starting("n_").filter((file) => !accepted(file));
    const acceptedRightly = starting("y_").filter(accepted);
    const refusedAnyway = starting("y_").filter((file) => !accepted(file));
    const either = starting("i_").filter(accepted);
    figure(
      `JSONTestSuite, ${door}: ${refusedRightly.length} of ${starting("n_").length} refused, ${acceptedRightly.length} of ${starting("y_").length} accepted, ${refusedAnyway.length} stricter by rule; ${either.length} of ${starting("i_").length} that may be either accepted`,
    );
    expect([starting("n_").length, starting("y_").length]).toEqual([188, 95]);
    expect(refusedRightly).toEqual(starting("n_"));
    expect(refusedAnyway.map((file) => basename(file))).toEqual(Object.keys(stricter[door]));
  });
});
