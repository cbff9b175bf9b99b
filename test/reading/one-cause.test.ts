import { describe, expect, test } from "vitest";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { diagnose, move, put, remove, set, summary } from "./envelopes.ts";

const schedule = (window: object = {}) => ({
  timezone: "UTC",
  windows: [{ days: ["fri"], from: "09:00", until: "17:00", ...window }],
});

const due = { from: "/due", type: "datetime", timezone: "UTC" };

const words: readonly (readonly [list: string, operation: PatchOperation, place: string])[] = [
  ["capabilities", set("/capabilities", "zz"), "/capabilities"],
  ["capabilities, one of which is granted", set("/capabilities", "NET_ACCESS"), "/capabilities"],
  ["requires", set("/effects/pay/requires", "zz"), "/effects/pay/requires"],
  ["ignored", set("/effects/pay/ignored", "zz"), "/effects/pay/ignored"],
  ["ignored, though it is decoded", set("/effects/pay/ignored", "/payee"), "/effects/pay/ignored"],
  ["absent", put("/effects/pay/absent", "zz"), "/effects/pay/absent"],
  ["days", put("/effects/pay/schedule", schedule({ days: "zz" })), "/effects/pay/schedule/windows/0/days"],
  [
    "days of another time",
    put("/effects/pay/schedule", schedule({ days: "mon" })),
    "/effects/pay/schedule/windows/0/days",
  ],
  ["except", put("/effects/pay/schedule", { ...schedule(), except: "zz" }), "/effects/pay/schedule/except"],
  ["evidence", put("/evidence", { perimeter: { maxAgeSeconds: 5, effects: "zz" } }), "/evidence/perimeter/effects"],
  ["rows", put("/effects/pay/rows", [{ fields: "zz", oneOf: [["acme", "x"]] }]), "/effects/pay/rows/0/fields"],
  ["factors", put("/effects/pay/fields/sum", { type: "product", of: "zz", scale: 2 }), "/effects/pay/fields/sum/of"],
];

/** One cause, one diagnostic. */
const rows: readonly {
  readonly cause: string;
  readonly operations: readonly PatchOperation[];
  readonly want: readonly string[];
}[] = [
  {
    cause: "a misspelt line of the sheet is not also missing",
    operations: [move("/effects/pay/velocity", "/effects/pay/velocty")],
    want: ["key/unknown /effects/pay/velocty"],
  },
  {
    cause: "a misspelt perCall leaves no field unjudged",
    operations: [move("/effects/pay/perCall", "/effects/pay/perCal")],
    want: ["key/unknown /effects/pay/perCal"],
  },
  {
    cause: "a misspelt mandatory member at the top",
    operations: [move("/killSwitch", "/kill_switch")],
    want: ["key/unknown /kill_switch"],
  },
  {
    cause: "misspelt calls in session",
    operations: [move("/effects/pay/session/calls", "/effects/pay/session/call")],
    want: ["key/unknown /effects/pay/session/call"],
  },
  {
    cause: "misspelt actions in budgets",
    operations: [move("/budgets/actions", "/budgets/action")],
    want: ["key/unknown /budgets/action"],
  },
  {
    cause: "misspelt externalCalls in budgets",
    operations: [move("/budgets/externalCalls", "/budgets/external_call")],
    want: ["key/unknown /budgets/external_call"],
  },
  {
    cause: "a mandatory member of two letters",
    operations: [move("/id", "/ix")],
    want: ["key/unknown /ix"],
  },
  {
    cause: "a maximum written out",
    operations: [move("/effects/pay/perCall/amount/max", "/effects/pay/perCall/amount/maximum")],
    want: ["key/unknown /effects/pay/perCall/amount/maximum"],
  },
  {
    cause: "a misspelt field type: bounds on it are read as meant",
    operations: [set("/effects/pay/fields/amount/type", "decimel")],
    want: ["value/not_one_of /effects/pay/fields/amount/type"],
  },
  {
    cause: "an unknown field type: nothing is said about bounds on it",
    operations: [set("/effects/pay/fields/amount/type", "quaternion")],
    want: ["value/not_one_of /effects/pay/fields/amount/type"],
  },
  {
    cause: "a field type of another JSON type",
    operations: [set("/effects/pay/fields/amount/type", 5)],
    want: ["type/wrong_type /effects/pay/fields/amount/type"],
  },
  {
    cause: "a field without type",
    operations: [remove("/effects/pay/fields/amount/type")],
    want: ["key/missing /effects/pay/fields/amount/type"],
  },
  {
    cause: "a misspelt `type` of a field",
    operations: [move("/effects/pay/fields/amount/type", "/effects/pay/fields/amount/tpye")],
    want: ["key/unknown /effects/pay/fields/amount/tpye"],
  },
  {
    cause: "a field with a scale out of range",
    operations: [set("/effects/pay/fields/amount/scale", 99)],
    want: ["num/out_of_range /effects/pay/fields/amount/scale"],
  },
  {
    cause: "a broken channel is not also missing",
    operations: [set("/effects/pay/channel", 7)],
    want: ["value/not_one_of /effects/pay/channel"],
  },
  {
    cause: "a broken `external` says nothing about the channel",
    operations: [set("/effects/pay/external", 7)],
    want: ["type/wrong_type /effects/pay/external"],
  },
  {
    cause: "capabilities that cannot be read kill no effect",
    operations: [set("/capabilities", 7)],
    want: ["type/wrong_type /capabilities"],
  },
  {
    cause: "a meter that cannot be read is still declared",
    operations: [set("/budgets/spend", 7)],
    want: ["type/wrong_type /budgets/spend"],
  },
  {
    cause: "an effect that is no object: who names it is right",
    operations: [
      put("/effects/pay/after", [{ effect: "list_payments", withinSeconds: 60 }]),
      set("/effects/list_payments", 7),
    ],
    want: ["type/wrong_type /effects/list_payments"],
  },
  {
    cause: "a misnamed effect",
    operations: [move("/effects/list_payments", "/effects/list payments")],
    want: ["name/invalid /effects/list payments"],
  },
  {
    cause: "a set that cannot be read is still declared",
    operations: [set("/effects/pay/allow/payee/oneOf", { set: "payees" }), put("/sets", { payees: [] })],
    want: ["size/empty /sets/payees"],
  },
  {
    cause: "a misspelt meter is not also unfed",
    operations: [move("/effects/pay/consumes/spend", "/effects/pay/consumes/spent")],
    want: ["ref/unknown_meter /effects/pay/consumes/spent"],
  },
  {
    cause: "a misspelt set is not also unused",
    operations: [set("/effects/pay/allow/payee/oneOf", { set: "payee" }), put("/sets", { payees: ["acme"] })],
    want: ["ref/unknown_set /effects/pay/allow/payee/oneOf/set"],
  },
  {
    cause: "a misspelt flag kills no effect",
    operations: [set("/capabilities/0", "NET_ACESS")],
    want: ["ref/unregistered /capabilities/0"],
  },
  {
    cause: "a unit that cannot be read differs from no other",
    operations: [set("/effects/pay/fields/amount/unit", 7)],
    want: ["type/wrong_type /effects/pay/fields/amount/unit"],
  },
  {
    cause: "a meter's unit that cannot be read differs from no other",
    operations: [set("/budgets/spend/unit", "")],
    want: ["size/empty /budgets/spend/unit"],
  },
  {
    cause: "a misnamed meter is said once, where it is declared",
    operations: [
      move("/budgets/spend", "/budgets/day-spend"),
      move("/effects/pay/consumes/spend", "/effects/pay/consumes/day-spend"),
    ],
    want: ["name/invalid /budgets/day-spend"],
  },
  {
    cause: "evidence of a reserved name is not also unregistered",
    operations: [put("/evidence", { valueOf: { maxAgeSeconds: 60 } })],
    want: ["name/reserved /evidence/valueOf"],
  },
  {
    cause: "a result that is not there waits for nothing",
    operations: [set("/effects/pay/allow/payee", { producedBy: "pay/nothing" })],
    want: ["ref/unknown_result /effects/pay/allow/payee/producedBy"],
  },
  {
    cause: "a cap on a string, instead of its allowlist",
    operations: [remove("/effects/pay/allow/payee"), put("/effects/pay/perCall/payee", { max: 5 })],
    want: ["type/bound_does_not_fit /effects/pay/perCall/payee"],
  },
  {
    cause: "a deny list on a decimal, instead of its cap",
    operations: [remove("/effects/pay/perCall/amount"), put("/effects/pay/allow/amount", { noneOf: ["5.00"] })],
    want: ["type/bound_does_not_fit /effects/pay/allow/amount/noneOf"],
  },
  {
    cause: "an allowlist on a whole url",
    operations: [
      put("/effects/pay/fields/site", { from: "/site", type: "url" }),
      put("/effects/pay/allow/site", { oneOf: ["https://bank.example/"] }),
    ],
    want: ["type/bound_does_not_fit /effects/pay/allow/site"],
  },
  {
    cause: "a row's field that cannot be read",
    operations: [put("/effects/pay/rows", [{ fields: ["payee", 7], oneOf: [["acme", "x"]] }])],
    want: ["type/wrong_type /effects/pay/rows/0/fields/1"],
  },
  {
    cause: "an entry of a set that is of another type",
    operations: [set("/effects/pay/allow/payee/oneOf", { set: "payees" }), put("/sets", { payees: ["acme", 7.5] })],
    want: ["type/wrong_type /sets/payees/1"],
  },
  {
    cause: "one object instead of a list: what is wrong in it stands where it is",
    operations: [set("/effects/pay/velocity", { max: 2, seconds: 60, junk: 1 })],
    want: ["type/wrong_type /effects/pay/velocity", "key/unknown /effects/pay/velocity/junk"],
  },
  {
    cause: "an empty velocity is one blank line",
    operations: [set("/effects/pay/velocity/0", {})],
    want: ["sheet/unbounded /effects/pay/velocity/0"],
  },
  {
    cause: "a period that cannot be read has a time zone",
    operations: [set("/effects/pay/session/amount", { max: "300.00", perPeriod: 7, timezone: "UTC" })],
    want: ["value/not_one_of /effects/pay/session/amount/perPeriod"],
  },
  {
    cause: "a forbidden entry whose choice cannot be read",
    operations: [put("/forbidden/-", { effect: 7 })],
    want: ["type/wrong_type /forbidden/0/effect"],
  },
  {
    cause: "a field of another unit than its meter says nothing about how the meter is written",
    operations: [put("/budgets/points", { max: 100 }), put("/effects/pay/consumes/points", "amount")],
    want: ["unit/mismatch /effects/pay/consumes/points"],
  },
  {
    cause: "one word of a list that may also be a single word",
    operations: [
      put("/effects/pay/fields/due", { ...due, format: ["YYYY-MM-DD HH:MM", "ISO"] }),
      put("/effects/pay/perCall/due", { max: "2024-03-01 12:00" }),
    ],
    want: ["value/not_one_of /effects/pay/fields/due/format/1"],
  },
  {
    cause: "a single word that may also be a list",
    operations: [
      put("/effects/pay/fields/due", { ...due, format: "ISO" }),
      put("/effects/pay/perCall/due", { max: "2024-03-01 12:00" }),
    ],
    want: ["value/not_one_of /effects/pay/fields/due/format"],
  },
  ...words.map(([list, operation, place]) => ({
    cause: `a word instead of a list: ${list}`,
    operations: [operation],
    want: [`type/wrong_type ${place}`],
  })),
];

describe("one cause, one diagnostic", () => {
  test.each(rows)("$cause", ({ operations, want }) => {
    const errors = diagnose(...operations).filter(({ code }) => code !== "ref/catalogue_unchecked");
    expect(summary(errors)).toEqual(want);
  });
});
