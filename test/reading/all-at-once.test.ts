import { expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { diagnose, envelopeText, move, put, remove, set, summary, withoutOwnNote } from "./envelopes.ts";

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

test.each<readonly [string, PatchOperation, readonly string[]]>([
  [
    "`after`",
    put("/effects/pay/after", [{ effect: "nope", withinSeconds: -1 }]),
    ["ref/unknown_effect /effects/pay/after/0/effect", "num/negative /effects/pay/after/0/withinSeconds"],
  ],
  [
    "a schedule",
    put("/effects/pay/schedule", {
      timezone: "utc",
      windows: [{ days: ["thu"], from: "09:00" }],
      except: ["2024-02-30"],
    }),
    [
      "time/unknown_zone /effects/pay/schedule/timezone",
      "key/missing /effects/pay/schedule/windows/0/until",
      "time/not_a_date /effects/pay/schedule/except/0",
    ],
  ],
  [
    "an approval",
    put("/effects/pay/approval", { keys: 0, roles: ["desk"], when: { nope: { min: "2.00" } } }),
    ["num/out_of_range /effects/pay/approval/keys", "ref/unknown_field /effects/pay/approval/when/nope"],
  ],
  [
    "a breaker",
    put("/breakers", [{ id: "b", when: [{ metric: "nope", atLeast: "1" }], action: 7 }]),
    ["ref/unregistered /breakers/0/when/0/metric", "type/wrong_type /breakers/0/action"],
  ],
  [
    "a postcondition",
    put("/postconditions", [{ id: "p", check: "nope" }]),
    ["ref/unregistered /postconditions/0/check", "key/missing /postconditions/0/critical"],
  ],
  [
    "evidence",
    put("/evidence", { perimetr: { maxAgeSeconds: -1 } }),
    ["ref/unregistered /evidence/perimetr", "num/negative /evidence/perimetr/maxAgeSeconds"],
  ],
])("no fault of %s hides its neighbours", (_, operation, want) => {
  expect(summary(diagnose(operation)).toSorted()).toEqual([...want].sort());
});

test("equal keys do not hide what else is wrong", () => {
  const text = envelopeText(remove("/issuer")).replace('"mode": "window"', '"mode": "window", "mode": "base"');
  expect(summary(withoutOwnNote(readEnvelope(text).diagnostics))).toEqual([
    "key/missing /issuer",
    "json/duplicate_key /mode",
  ]);
});

test("an envelope is given only where there is no error", () => {
  expect(readEnvelope(envelopeText()).envelope).toBeDefined();
  expect(readEnvelope(envelopeText(remove("/issuer"))).envelope).toBeUndefined();
  const text = envelopeText().replace('"mode": "window"', '"mode": "window", "mode": "window"');
  expect(readEnvelope(text).envelope).toBeUndefined();
});

test("a warning leaves the envelope", () => {
  const { diagnostics, envelope } = readEnvelope(envelopeText(put("/sets", { unused: ["x"] })));
  expect(withoutOwnNote(diagnostics).map(({ severity }) => severity)).toEqual(["warning"]);
  expect(envelope).toBeDefined();
});
