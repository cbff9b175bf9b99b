/** The example template bounds the example envelope beside it. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { narrower } from "../../compiler/order/order.ts";
import { exceeds } from "../../compiler/order/template.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { readTemplate } from "../../compiler/read/template.ts";
import type { Envelope } from "../../schema/envelope.ts";

const folder = new URL("../../examples/trading/", import.meta.url);
const { template, diagnostics } = readTemplate(await readFile(new URL("template.json", folder)));
const { envelope } = readEnvelope(await readFile(new URL("envelope.json", folder)));

test("nothing is to be mended in it", () => {
  expect(diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
});

test("the envelope stays within it, and leaves some of it unused", () => {
  expect(exceeds(envelope!, template!)).toEqual([]);
  const { kind: _, version: __, catalogue: ___, autoApprove: ____, requireHuman: _____, ...shape } = template!;
  const { principal, issuer, killSwitch } = envelope!;
  const whole: Envelope = { principal, issuer, killSwitch, ...shape };
  expect([narrower(envelope!, whole), narrower(whole, envelope!)]).toEqual([true, false]);
});

test.each<readonly [string, (envelope: Envelope) => Envelope]>([
  ["/validity/maxDurationSeconds", (e) => ({ ...e, validity: { ...e.validity, maxDurationSeconds: 28801 } })],
  ["/effects/place_order/allow/symbol", (e) => ({ ...e, sets: { ...e.sets, symbols: ["MNQ", "NQ"] } })],
  ["/forbidden/6/tool", (e) => ({ ...e, forbidden: [...e.forbidden, { tool: "broker.transfer", reason: "new" }] })],
])("beyond it at %s", (pointer, change) => {
  expect(exceeds(change(envelope!), template!)).toEqual([
    { pointer: expect.stringContaining(pointer), message: expect.any(String) },
  ]);
});
