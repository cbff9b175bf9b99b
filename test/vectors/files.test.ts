/** The three files: how large they grow, what they leave out, and that a host needs nothing else to read them. */
import { expect, test } from "vitest";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { envelopeOf } from "../bench/sample.ts";
import { exampleEnvelopes, vectorsOf } from "./envelopes.ts";
import { replay } from "./replay.ts";

const utf8 = new TextDecoder();

test("a line without a base is whole, a line with one says only what differs", () => {
  const [, trading] = exampleEnvelopes.find(([name]) => name === "trading")!;
  const lines = utf8.decode(vectorsOf(trading).artefacts.get(artefactFiles.vectors)).trimEnd().split("\n");
  const [first, ...others] = lines.map((line) => JSON.parse(line));
  expect(Object.keys(first.request.state).length).toBe(12);
  expect(others.find(({ id }) => id === "effects/place_order/per_call/qty: max+1")).toEqual({
    id: "effects/place_order/per_call/qty: max+1",
    bound: "effects/place_order/per_call/qty",
    base: "place_order",
    request: { fields: { qty: 3 } },
    cedar: { context: { fields: { qty: 3 } } },
    want: {
      verdict: "deny",
      code: "CAP_EXCEEDED",
      violations: ["effects/place_order/per_call/qty"],
    },
  });
});

test("an operand is missing, and mistyped in each way that a comparison might let pass", () => {
  const [, trading] = exampleEnvelopes.find(([name]) => name === "trading")!;
  const of = replay(vectorsOf(trading).artefacts).filter(({ id }) => /: qty (missing|is)/.test(id));
  expect(of.map(({ request }) => (request.fields as Record<string, unknown>).qty)).toEqual([undefined, "1", true, 0.5]);
  for (const { id, want, cedar } of of) {
    expect(want.violations, id).toContain("effects/place_order/per_call/qty");
    expect(cedar.context, id).not.toHaveProperty("fields.qty");
  }
});

test("the files grow as the bounds do, and the one of whole requests has a limit", () => {
  const [hundred, thousand] = [100, 1000].map((bounds) => {
    const { artefacts, report } = vectorsOf(JSON.parse(utf8.decode(envelopeOf(bounds))));
    const bytes = (file: string) => artefacts.get(file)!.length;
    return {
      report,
      vectors: bytes(artefactFiles.vectors),
      rego: bytes(artefactFiles.vectorsRego),
      cedar: bytes(artefactFiles.vectorsCedar),
    };
  }) as [Sizes, Sizes];
  expect(thousand.report.lines).toBeLessThan(11 * hundred.report.lines);
  expect(thousand.vectors).toBeLessThan(11 * hundred.vectors);
  expect(thousand.rego).toBeLessThan(11 * hundred.rego);
  expect(thousand.cedar).toBeLessThan(2 ** 20 + 2 ** 10);
  expect(thousand.report.cedarTests).toBeLessThan(thousand.report.lines);
  expect(thousand.report.alone).toBe(thousand.report.bounds);
});

interface Sizes {
  readonly report: ReturnType<typeof vectorsOf>["report"];
  readonly vectors: number;
  readonly rego: number;
  readonly cedar: number;
}

test("a long list is tried at its ends, and forbidden tools up to a thousand", () => {
  const envelope: Envelope = JSON.parse(utf8.decode(envelopeOf(12)));
  const few = vectorsOf(envelope).report.lines;
  const payees = Array.from({ length: 20_000 }, (_, index) => `payee ${index}`);
  const many = { ...envelope, effects: { pay: { ...envelope.effects.pay!, allow: { payee: { oneOf: payees } } } } };
  expect(vectorsOf(many).report.lines).toBeLessThan(few + 5);
  const forbidden = Array.from({ length: 1_500 }, (_, index) => ({ tool: `tool.${index}` }));
  expect(vectorsOf({ ...envelope, forbidden }).report.lines).toBe(few + 1_000);
});
