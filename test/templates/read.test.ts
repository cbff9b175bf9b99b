/** Templates are read as envelopes are: what is wrong, where, and what was meant. */
import { describe, expect, test } from "vitest";
import { exampleTemplate } from "../../compiler/diagnostics/example.ts";
import { applyPatch } from "../../compiler/diagnostics/patch.ts";
import { applyFixes } from "../../compiler/read/fix.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { readEither, readTemplate } from "../../compiler/read/template.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { move, put, remove, set, summary } from "../reading/envelopes.ts";

const textWith = (...operations: readonly PatchOperation[]) =>
  JSON.stringify(applyPatch(exampleTemplate, operations), null, 2);

test("a template without a finding", () => {
  const { diagnostics, template } = readTemplate(textWith());
  expect(diagnostics).toEqual([]);
  expect(template?.version).toBe("1.0.0");
});

test("it is no envelope, and no envelope is one", () => {
  expect(readEnvelope(textWith()).envelope).toBeUndefined();
  expect(readEither(textWith())).toHaveProperty("template");
  expect(readEither(textWith(remove("/kind")))).not.toHaveProperty("template");
});

describe("what is found", () => {
  test.each<readonly [string, readonly PatchOperation[], readonly string[]]>([
    ["a member of its own that is missing", [remove("/catalogue")], ["key/missing /catalogue"]],
    ["a member of an envelope that is missing", [remove("/budgets/actions")], ["sheet/unbounded /budgets/actions"]],
    ["a member of its own that is misspelt", [move("/autoApprove", "/autoAprove")], ["key/unknown /autoAprove"]],
    ["a member of an envelope that is misspelt", [move("/validity", "/validty")], ["key/unknown /validty"]],
    ["a member that nobody knows", [put("/colour", "red")], ["key/unknown /colour"]],
    [
      "a template of its own",
      [put("/template", { id: "a", version: "1", sha256: "0".repeat(64) })],
      ["key/not_applicable /template"],
    ],
    ["an unbounded line", [remove("/effects/pay/velocity")], ["sheet/unbounded /effects/pay/velocity"]],
    ["a condition that says nothing", [put("/autoApprove/-", {})], ["size/empty /autoApprove/1"]],
    [
      "a condition on something else",
      [put("/autoApprove/0/weather", { oneOf: ["fine"] })],
      ["key/unknown /autoApprove/0/weather"],
    ],
    [
      "an operator of something else",
      [put("/autoApprove/0/mode", { within: ["base"] })],
      ["key/missing /autoApprove/0/mode/oneOf", "key/unknown /autoApprove/0/mode/within"],
    ],
    [
      "a transition that is none",
      [put("/requireHuman/0/transition", { oneOf: ["resume_all"] })],
      ["value/not_one_of /requireHuman/0/transition/oneOf/0"],
    ],
    [
      "a flag that is not registered",
      [set("/requireHuman/0/capabilities/anyOf", ["ACOUNT_ACCESS"])],
      ["ref/unregistered /requireHuman/0/capabilities/anyOf/0"],
    ],
    [
      "an effect outside the catalogue",
      [put("/requireHuman/0/effects", { anyOf: ["sell"] })],
      ["ref/not_in_catalogue /requireHuman/0/effects/anyOf/0"],
    ],
    [
      "a meter that there is not",
      [put("/autoApprove/0/budgets/fees", { atMost: "1.00" })],
      ["ref/unknown_meter /autoApprove/0/budgets/fees"],
    ],
    [
      "a decimal written as a number",
      [set("/autoApprove/0/budgets/spend/atMost", 100)],
      ["num/not_a_decimal_string /autoApprove/0/budgets/spend/atMost"],
    ],
    [
      "amounts below zero",
      [set("/autoApprove/0/budgets/spend/atMost", "-1.00"), set("/autoApprove/0/maxDurationSeconds/atMost", -1)],
      ["num/negative /autoApprove/0/budgets/spend/atMost", "num/negative /autoApprove/0/maxDurationSeconds/atMost"],
    ],
    [
      "wildcards in the name of a target, an agent or an issuer",
      [
        put("/catalogue/tools/-", "bank.*"),
        put("/requireHuman/0/principal", { oneOf: ["agent:*"] }),
        put("/requireHuman/0/issuer", { oneOf: ["*.example"] }),
      ],
      [
        "value/glob_not_supported /catalogue/tools/2",
        "value/glob_not_supported /requireHuman/0/principal/oneOf/0",
        "value/glob_not_supported /requireHuman/0/issuer/oneOf/0",
      ],
    ],
    [
      "characters that nobody sees",
      [
        set("/version", "1\u202e"),
        put("/catalogue/tags/-", "a\u200b"),
        put("/autoApprove/0/principal", { oneOf: ["agent:\u2066x"] }),
      ],
      [
        "name/unprintable /version",
        "name/unprintable /catalogue/tags/1",
        "name/unprintable /autoApprove/0/principal/oneOf/0",
      ],
    ],
    [
      "a duration that is no integer",
      [set("/autoApprove/0/maxDurationSeconds/atMost", "1.5")],
      ["type/wrong_type /autoApprove/0/maxDurationSeconds/atMost"],
    ],
    [
      "a tool outside the catalogue",
      [put("/effects/pay/tools/-", "bank.send")],
      ["ref/not_in_catalogue /effects/pay/tools/1"],
    ],
    [
      "a tag outside the catalogue",
      [put("/forbidden/-", { tag: "reversible" })],
      ["ref/not_in_catalogue /forbidden/0/tag"],
    ],
  ])("%s", (_, operations, wanted) => {
    const { diagnostics, template } = readTemplate(textWith(...operations));
    expect(summary(diagnostics).toSorted()).toEqual([...wanted].sort());
    expect(template).toBeUndefined();
  });
});

test("a name in the catalogue twice is a warning", () => {
  const { diagnostics, template } = readTemplate(textWith(put("/catalogue/effects/-", "pay")));
  expect(summary(diagnostics)).toEqual(["value/duplicate /catalogue/effects/3"]);
  expect(template).toBeDefined();
});

test("what is forbidden is found in the catalogue, so nothing is left unchecked", () => {
  expect(readTemplate(textWith(put("/forbidden/-", { effect: "withdraw" }))).diagnostics).toEqual([]);
});

test("places are those of the text", () => {
  const text = textWith(set("/effects/pay/perCall/amount/max", 100));
  const { diagnostics } = readTemplate(text);
  const line = text.split("\n").findIndex((each) => each.includes('"max": 100'));
  expect(diagnostics.map(({ line }) => line)).toEqual([line + 1]);
});

test("a misspelt word is mended", () => {
  const { text, reading } = applyFixes(
    textWith(move("/autoApprove", "/autoAprove"), move("/effects/pay/perCall", "/effects/pay/perCal")),
  );
  expect(reading.diagnostics).toEqual([]);
  expect(JSON.parse(text)).toEqual(exampleTemplate);
});

test.each(["", "{", "[]", "null", '{"kind": "template"}', '{"kind": "template", "kind": "template"}'])(
  "%s is no template",
  (text) => {
    const { diagnostics, template } = readTemplate(text);
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    expect(template).toBeUndefined();
  },
);

describe("a condition of no amount is no error, but never holds", () => {
  test.each<readonly [string, PatchOperation, readonly string[]]>([
    [
      "durations of which there are none",
      put("/requireHuman/-", { maxDurationSeconds: { atLeast: 5, atMost: 4 } }),
      ["fires/never_fires /requireHuman/1/maxDurationSeconds"],
    ],
    [
      "amounts of which there are none",
      put("/autoApprove/-", { budgets: { spend: { atLeast: "5", atMost: "4.99" } } }),
      ["fires/never_fires /autoApprove/1/budgets/spend"],
    ],
    ["one amount", put("/autoApprove/-", { budgets: { spend: { atLeast: "5", atMost: "5.00" } } }), []],
  ])("%s", (_, operation, wanted) => {
    const { diagnostics, template } = readTemplate(textWith(operation));
    expect(summary(diagnostics)).toEqual(wanted);
    expect(template).toBeDefined();
  });
});
