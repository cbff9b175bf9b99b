import { expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { diagnose, envelopeText, move, put, remove, set, summary } from "./envelopes.ts";

test("schema and rules, all over the document, in one reading", () => {
  const found = diagnose(
    set("/mode", "windows"),
    remove("/issuer"),
    set("/validity/expiresAt", "2024-03-01T07:00:00Z"),
    set("/budgets/spend/max", 500),
    move("/effects/pay/session", "/effects/pay/sesion"),
    set("/effects/pay/perCall/amount", { min: "5.00", max: "1.00" }),
    put("/effects/pay/allow/paye", { oneOf: ["x"] }),
    set("/effects/list_payments/tools", []),
    put("/effects/list_payments/extra", 1),
    put("/capabilities/-", "NET_ACESS"),
    set("/killSwitch/signal", ""),
  );
  expect(summary(found).toSorted()).toEqual(
    [
      "value/not_one_of /mode",
      "key/missing /issuer",
      "time/ends_before_it_starts /validity/expiresAt",
      "num/not_a_decimal_string /budgets/spend/max",
      "key/unknown /effects/pay/sesion",
      "num/min_above_max /effects/pay/perCall/amount/min",
      "ref/unknown_field /effects/pay/allow/paye",
      "sheet/unbounded /effects/list_payments/tools",
      "key/unknown /effects/list_payments/extra",
      "ref/unregistered /capabilities/2",
      "sheet/unbounded /killSwitch/signal",
    ].toSorted(),
  );
});

test("equal keys do not hide what else is wrong", () => {
  const text = envelopeText(remove("/issuer")).replace('"mode": "window"', '"mode": "window", "mode": "base"');
  expect(summary(readEnvelope(text).diagnostics)).toEqual(["key/missing /issuer", "json/duplicate_key /mode"]);
});

test("an envelope is given only where there is no error", () => {
  expect(readEnvelope(envelopeText()).envelope).toBeDefined();
  expect(readEnvelope(envelopeText(remove("/issuer"))).envelope).toBeUndefined();
  const text = envelopeText().replace('"mode": "window"', '"mode": "window", "mode": "window"');
  expect(readEnvelope(text).envelope).toBeUndefined();
});

test("a warning leaves the envelope", () => {
  const { diagnostics, envelope } = readEnvelope(envelopeText(put("/sets", { unused: ["x"] })));
  expect(diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
  expect(envelope).toBeDefined();
});
