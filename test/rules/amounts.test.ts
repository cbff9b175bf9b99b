import { put, remove, set } from "../reading/envelopes.ts";
import { field, judge, url } from "./table.ts";

const pay = "/effects/pay";
const list = "/effects/list_payments";

judge("perCall", [
  {
    given: "a field that is not there",
    change: [put(`${pay}/perCall/fee`, { max: "1.00" })],
    want: [`ref/unknown_field ${pay}/perCall/fee`],
  },
  {
    given: "a string",
    change: [put(`${pay}/perCall/payee`, { max: 1 })],
    want: [`type/bound_does_not_fit ${pay}/perCall/payee`],
  },
  {
    given: "a set",
    change: [
      ...field("x", { type: "set", of: "integer" }, { allow: { subsetOf: [1] } }),
      put(`${pay}/perCall/x`, { max: 1 }),
    ],
    want: [`type/bound_does_not_fit ${pay}/perCall/x`],
  },
  {
    given: "a url, and its port",
    change: [...url("s"), put(`${pay}/perCall/s`, { max: 1 }), put(`${pay}/perCall/s.port`, { max: 443 })],
    want: [`type/bound_does_not_fit ${pay}/perCall/s`, `type/bound_does_not_fit ${pay}/perCall/s.port`],
  },
  {
    given: "a number for a decimal",
    change: [set(`${pay}/perCall/amount/max`, 100)],
    want: [`num/not_a_decimal_string ${pay}/perCall/amount/max`],
  },
  {
    given: "an exponent",
    change: [set(`${pay}/perCall/amount/max`, "1e2")],
    want: [`num/not_a_decimal_string ${pay}/perCall/amount/max`],
  },
  {
    given: "negative zero",
    change: [set(`${pay}/perCall/amount/max`, "-0.00")],
    want: [`num/not_a_decimal_string ${pay}/perCall/amount/max`],
  },
  {
    given: "more digits than the scale",
    change: [set(`${pay}/perCall/amount/max`, "100.000")],
    want: [`num/too_many_digits ${pay}/perCall/amount/max`],
  },
  {
    given: "more than a request can carry",
    change: [set(`${pay}/perCall/amount/max`, "90071992547409.92")],
    want: [`num/out_of_range ${pay}/perCall/amount/max`],
  },
  {
    given: "a string for an integer",
    change: [set(`${list}/perCall/count/max`, "50")],
    want: [`type/wrong_type ${list}/perCall/count/max`],
  },
  {
    given: "1.5 for an integer",
    change: [set(`${list}/perCall/count/max`, 1.5)],
    want: [`num/not_an_integer ${list}/perCall/count/max`],
  },
  {
    given: "min above max",
    change: [put(`${pay}/perCall/amount/min`, "100.01")],
    want: [`num/min_above_max ${pay}/perCall/amount/min`],
  },
  {
    given: "max below the implied min",
    change: [set(`${pay}/perCall/amount/max`, "-0.01")],
    want: [`num/min_above_max ${pay}/perCall/amount/max`],
  },
  { given: "negative amounts, written out", change: [put(`${pay}/perCall/amount/min`, "-5.00")], want: [] },
  { given: "zero is a bound", change: [...field("x", { type: "integer" }, { perCall: { max: 0 } })], want: [] },
  {
    given: "a date as a number",
    change: field("x", { type: "date" }, { perCall: { max: 20240301 } }),
    want: [`type/wrong_type ${pay}/perCall/x/max`],
  },
  {
    given: "a date that is none",
    change: field("x", { type: "date" }, { perCall: { max: "2024-02-30" } }),
    want: [`time/not_a_date ${pay}/perCall/x/max`],
  },
  {
    given: "a date before 1970",
    change: field("x", { type: "date" }, { perCall: { max: "1969-12-31" } }),
    want: [`num/min_above_max ${pay}/perCall/x/max`],
  },
  {
    given: "dates in the wrong order",
    change: field("x", { type: "date" }, { perCall: { min: "2024-03-02", max: "2024-03-01" } }),
    want: [`num/min_above_max ${pay}/perCall/x/min`],
  },
  {
    given: "a local time of another form",
    change: field(
      "x",
      { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "UTC" },
      { perCall: { max: "2024-03-01T08:00" } },
    ),
    want: [`time/not_a_datetime ${pay}/perCall/x/max`],
  },
  {
    given: "a local time that its zone skips",
    change: field(
      "x",
      { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "Europe/Berlin" },
      { perCall: { max: "2024-03-31 02:30" } },
    ),
    want: [`time/not_a_datetime ${pay}/perCall/x/max`],
  },
  {
    given: "a local time of a zone that is none is one problem",
    change: field(
      "x",
      { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "Berlin" },
      { perCall: { max: "2024-03-31 02:30" } },
    ),
    want: [`time/unknown_zone ${pay}/fields/x/timezone`],
  },
  {
    given: "a timestamp without offset",
    change: field("x", { type: "timestamp" }, { perCall: { max: "2024-03-01T08:00:00" } }),
    want: [`time/not_a_timestamp ${pay}/perCall/x/max`],
  },
]);

judge("session", [
  {
    given: "a field that is not there",
    change: [put(`${pay}/session/fee`, { max: 1 })],
    want: [`ref/unknown_field ${pay}/session/fee`],
  },
  {
    given: "a string",
    change: [put(`${pay}/session/payee`, { max: 1 })],
    want: [`type/bound_does_not_fit ${pay}/session/payee`],
  },
  {
    given: "a date does not add up",
    change: field("x", { type: "date" }, { perCall: { max: "2024-03-01" }, session: { max: "2024-03-01" } }),
    want: [`type/bound_does_not_fit ${pay}/session/x`],
  },
  ...(["min", "each"] as const).map((aggregate) => ({
    given: `aggregate ${aggregate}`,
    change: [...many("x", aggregate), put(`${pay}/session/x`, { max: 10 })],
    want: [`type/bound_does_not_fit ${pay}/session/x`],
  })),
  ...(["sum", "max", "count"] as const).map((aggregate) => ({
    given: `aggregate ${aggregate} adds up`,
    change: [...many("x", aggregate), put(`${pay}/session/x`, { max: 10 })],
    want: [],
  })),
  {
    given: "a negative maximum",
    change: [set(`${pay}/session/amount/max`, "-1.00")],
    want: [`num/negative ${pay}/session/amount/max`],
  },
  {
    given: "a number for a decimal",
    change: [set(`${pay}/session/amount/max`, 300)],
    want: [`num/not_a_decimal_string ${pay}/session/amount/max`],
  },
  {
    given: "kept apart by a field",
    change: [put(`${pay}/session/amount/perField`, "payee"), put(`${pay}/session/calls/perField`, "payee")],
    want: [],
  },
  {
    given: "by a field that is not there",
    change: [put(`${pay}/session/amount/perField`, "paye")],
    want: [`ref/unknown_field ${pay}/session/amount/perField`],
  },
  {
    given: "by a set",
    change: [
      ...field("x", { type: "set", of: "string" }, { allow: { subsetOf: ["a"] } }),
      put(`${pay}/session/calls/perField`, "x"),
    ],
    want: [`type/bound_does_not_fit ${pay}/session/calls/perField`],
  },
  {
    given: "by a url",
    change: [...url("s"), put(`${pay}/session/calls/perField`, "s")],
    want: [`type/bound_does_not_fit ${pay}/session/calls/perField`],
  },
  {
    given: "by a product",
    change: [
      put(`${pay}/fields/x`, { type: "product", of: ["amount", "amount"], scale: 4 }),
      put(`${pay}/perCall/x`, { max: "1.0000" }),
      put(`${pay}/session/calls/perField`, "x"),
    ],
    want: [`type/bound_does_not_fit ${pay}/session/calls/perField`],
  },
  {
    given: "by period",
    change: [put(`${pay}/session/amount/perPeriod`, "day"), put(`${pay}/session/amount/timezone`, "Europe/Berlin")],
    want: [],
  },
  {
    given: "by field and by period",
    change: [
      put(`${pay}/session/amount/perField`, "payee"),
      put(`${pay}/session/amount/perPeriod`, "day"),
      put(`${pay}/session/amount/timezone`, "Europe/Berlin"),
    ],
    want: [`key/not_applicable ${pay}/session/amount/perPeriod`],
  },
  {
    given: "a zone without period",
    change: [put(`${pay}/session/amount/timezone`, "Europe/Berlin")],
    want: [`key/not_applicable ${pay}/session/amount/timezone`],
  },
  {
    given: "a period without zone",
    change: [put(`${pay}/session/amount/perPeriod`, "day")],
    want: [`key/missing ${pay}/session/amount/timezone`],
  },
  {
    given: "a zone that is none",
    change: [put(`${pay}/session/amount/perPeriod`, "day"), put(`${pay}/session/amount/timezone`, "europe/berlin")],
    want: [`time/unknown_zone ${pay}/session/amount/timezone`],
  },
]);

function many(name: string, aggregate: string) {
  return [
    put(`${pay}/fields/${name}`, { from: `/${name}/*`, type: "integer", aggregate }),
    put(`${pay}/perCall/${name}`, { max: 5 }),
  ];
}

judge("meters", [
  {
    given: "one that is not there",
    change: [put(`${pay}/consumes/transfers`, 1)],
    want: [`ref/unknown_meter ${pay}/consumes/transfers`],
  },
  {
    given: "those that feed themselves",
    change: [put(`${pay}/consumes/actions`, 1), put(`${pay}/consumes/externalCalls`, 1)],
    want: [`key/not_applicable ${pay}/consumes/actions`, `key/not_applicable ${pay}/consumes/externalCalls`],
  },
  {
    given: "a field that is not there",
    change: [set(`${pay}/consumes/spend`, "fee")],
    want: [`ref/unknown_field ${pay}/consumes/spend`],
  },
  {
    given: "a field that is no number",
    change: [set(`${pay}/consumes/spend`, "payee")],
    want: [`type/bound_does_not_fit ${pay}/consumes/spend`],
  },
  {
    given: "one that nothing feeds",
    change: [put("/budgets/transfers", { max: 3 })],
    want: ["ref/unfed_meter /budgets/transfers"],
  },
  {
    given: "one that nothing feeds, in decimals",
    change: [put("/budgets/gas", { max: "3.50" })],
    want: ["ref/unfed_meter /budgets/gas"],
  },
  {
    given: "a constant cost",
    change: [put("/budgets/transfers", { max: 3 }), put(`${pay}/consumes/transfers`, 2)],
    want: [],
  },
  {
    given: "a negative cost",
    change: [put("/budgets/transfers", { max: 3 }), put(`${pay}/consumes/transfers`, -1)],
    want: [`num/negative ${pay}/consumes/transfers`],
  },
  {
    given: "a constant cost in a unit",
    change: [put(`${list}/consumes`, { spend: 1 })],
    want: [`unit/constant_on_measured_meter ${list}/consumes/spend`],
  },
  { given: "another unit", change: [set("/budgets/spend/unit", "EUR")], want: [`unit/mismatch ${pay}/consumes/spend`] },
  {
    given: "a unit on one side only",
    change: [remove("/budgets/spend/unit")],
    want: [`unit/mismatch ${pay}/consumes/spend`],
  },
  {
    given: "two scales",
    change: [
      put(`${list}/fields/fee`, { from: "/fee", type: "decimal", scale: 3, unit: "USD" }),
      put(`${list}/perCall/fee`, { max: "1.000" }),
      put(`${list}/consumes`, { spend: "fee" }),
    ],
    want: [`unit/scale_mismatch ${list}/consumes/spend`],
  },
  {
    given: "decimals and integers",
    change: [
      put(`${list}/fields/fee`, { from: "/fee", type: "integer", unit: "USD" }),
      put(`${list}/perCall/fee`, { max: 1 }),
      put(`${list}/consumes`, { spend: "fee" }),
    ],
    want: [`unit/scale_mismatch ${list}/consumes/spend`],
  },
  {
    given: "a number for a decimal",
    change: [set("/budgets/spend/max", 500)],
    want: ["num/not_a_decimal_string /budgets/spend/max"],
  },
  {
    given: "more digits than the scale of what feeds it",
    change: [set("/budgets/spend/max", "500.000")],
    want: ["num/too_many_digits /budgets/spend/max"],
  },
  {
    given: "a decimal for integers",
    change: [put("/budgets/transfers", { max: "3" }), put(`${pay}/consumes/transfers`, 1)],
    want: ["type/wrong_type /budgets/transfers/max"],
  },
  {
    given: "a negative maximum",
    change: [set("/budgets/spend/max", "-1.00")],
    want: ["num/negative /budgets/spend/max"],
  },
]);

judge("approval", [
  {
    given: "conditions that fit",
    change: [
      put(`${pay}/approval`, {
        keys: 2,
        roles: ["risk"],
        when: { amount: { max: "60.00" }, payee: { oneOf: ["acme"] } },
      }),
    ],
    want: [],
  },
  {
    given: "a least and a most amount, one of which every call meets",
    change: [put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { amount: { min: "50.00", max: "60.00" } } })],
    want: [`fires/never_fires ${pay}/approval/when/amount`],
  },
  {
    given: "a least and a most amount that are the same",
    change: [put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { amount: { min: "5.00", max: "5.00" } } })],
    want: [`fires/never_fires ${pay}/approval/when/amount`],
  },
  {
    given: "a field that is not there",
    change: [put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { fee: { min: 1 } } })],
    want: [`ref/unknown_field ${pay}/approval/when/fee`],
  },
  {
    given: "a range of strings",
    change: [put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { payee: { min: "a" } } })],
    want: [`type/bound_does_not_fit ${pay}/approval/when/payee/min`],
  },
  {
    given: "a set",
    change: [
      ...field("x", { type: "set", of: "string" }, { allow: { subsetOf: ["a"] } }),
      put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { x: { oneOf: ["a"] } } }),
    ],
    want: [`type/bound_does_not_fit ${pay}/approval/when/x/oneOf`],
  },
  {
    given: "a whole url, and its host",
    change: [
      ...url("s"),
      put(`${pay}/approval`, {
        keys: 1,
        roles: ["risk"],
        when: { s: { equals: "https://a/" }, "s.host": { equals: "bank.example" } },
      }),
    ],
    want: [`type/bound_does_not_fit ${pay}/approval/when/s`],
  },
  {
    given: "min above max",
    change: [put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { amount: { min: "2.00", max: "1.00" } } })],
    want: [`num/min_above_max ${pay}/approval/when/amount/min`],
  },
  {
    given: "a number for a decimal",
    change: [put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { amount: { equals: 5 } } })],
    want: [`num/not_a_decimal_string ${pay}/approval/when/amount/equals`],
  },
  {
    given: "nothing is implied",
    change: [put(`${pay}/approval`, { keys: 1, roles: ["risk"], when: { amount: { max: "-1.00" } } })],
    want: [],
  },
]);
