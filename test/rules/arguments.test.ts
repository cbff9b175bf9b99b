import { expect, test } from "vitest";
import { diagnose, put, set } from "../reading/envelopes.ts";
import { field, judge, url } from "./table.ts";

const pay = "/effects/pay";
const list = "/effects/list_payments";

judge("no call reaches two effects", [
  {
    given: "a plain tool in two effects",
    change: [put(`${list}/tools/-`, "bank.pay")],
    want: [`tool/overlap ${list}/tools/1`],
  },
  {
    given: "a plain tool, elsewhere discriminated",
    change: [put(`${list}/tools/-`, { tool: "bank.pay", where: { "/dry": [true] } })],
    want: [`tool/overlap ${list}/tools/1`],
  },
  {
    given: "a plain tool twice in one effect",
    change: [put(`${pay}/tools/-`, "bank.pay")],
    want: [`tool/duplicate ${pay}/tools/1`],
  },
  { given: "disjoint values", change: split({ "/kind": ["a", "b"] }, { "/kind": ["c"] }), want: [] },
  {
    given: "a value in both",
    change: split({ "/kind": ["a", "b"] }, { "/kind": ["b", "c"] }),
    want: [`tool/overlap ${list}/tools/0`],
  },
  {
    given: "values of different JSON types",
    change: split({ "/kind": ["1", "true"] }, { "/kind": [1, true] }),
    want: [],
  },
  {
    given: "different arguments",
    change: split({ "/kind": ["a"] }, { "/mode": ["b"] }),
    want: [`tool/overlap ${list}/tools/0`],
  },
  {
    given: "one argument of two disjoint",
    change: split({ "/kind": ["a"], "/mode": ["x"] }, { "/kind": ["a"], "/mode": ["y"] }),
    want: [],
  },
  { given: "a value, and nothing or empty", change: split({ "/kind": ["a"] }, { "/kind": { empty: true } }), want: [] },
  {
    given: "the empty string, and nothing or empty",
    change: split({ "/kind": ["a", ""] }, { "/kind": { empty: true } }),
    want: [`tool/overlap ${list}/tools/0`],
  },
  {
    given: "nothing or empty, twice",
    change: split({ "/kind": { empty: true } }, { "/kind": { empty: true } }),
    want: [`tool/overlap ${list}/tools/0`],
  },
  { given: "a scalar, and something below it", change: split({ "/kind": ["a"] }, { "/kind/name": ["b"] }), want: [] },
  {
    given: "nothing or empty, and nothing below it",
    change: split({ "/kind": { empty: true } }, { "/kind/name": { empty: true } }),
    want: [`tool/overlap ${list}/tools/0`],
  },
  {
    given: "nothing or empty, and something below it",
    change: split({ "/kind": { empty: true } }, { "/kind/name": ["b"] }),
    want: [],
  },
  {
    given: "a value listed twice",
    change: split({ "/kind": ["a", "a"] }, { "/kind": ["b"] }),
    want: [`value/duplicate ${pay}/tools/0/where/~1kind/1`],
  },
]);

function split(a: object, b: object) {
  return [set(`${pay}/tools`, [{ tool: "bank.do", where: a }]), set(`${list}/tools`, [{ tool: "bank.do", where: b }])];
}

test("an overlap prints a call that reaches both", () => {
  const [found] = diagnose(
    ...split({ "/kind": ["a", "b"], "/dry": [true] }, { "/kind": ["b", "c"], "/to/name": ["x"] }),
  );
  expect(found?.message).toContain('{"tool":"bank.do","args":{"kind":"b","dry":true,"to":{"name":"x"}}}');
  expect(found?.message).toContain(`${pay}/tools/0`);
});

judge("every argument is claimed once", [
  {
    given: "ignored is a field's",
    change: [put(`${pay}/ignored/-`, "/amount")],
    want: [`tool/argument_claimed_twice ${pay}/ignored/1`],
  },
  {
    given: "ignored is above a field's",
    change: [
      ...field("x", { type: "boolean", from: "/to/x" }, { allow: { equals: true } }),
      put(`${pay}/ignored/-`, "/to"),
    ],
    want: [`tool/argument_claimed_twice ${pay}/ignored/1`],
  },
  {
    given: "absent is below a field's",
    change: [put(`${pay}/absent`, ["/payee/iban"])],
    want: [`tool/argument_claimed_twice ${pay}/absent/0`],
  },
  {
    given: "absent is ignored too",
    change: [put(`${pay}/absent`, ["/memo"])],
    want: [`tool/argument_claimed_twice ${pay}/absent/0`],
  },
  {
    given: "ignored twice",
    change: [put(`${pay}/ignored/-`, "/memo")],
    want: [`tool/argument_claimed_twice ${pay}/ignored/1`],
  },
  {
    given: "a discriminator is a field's",
    change: [set(`${pay}/tools`, [{ tool: "bank.pay", where: { "/payee": ["acme"] } }])],
    want: [`tool/argument_claimed_twice ${pay}/tools/0/where/~1payee`],
  },
  {
    given: "a discriminator above another",
    change: [set(`${pay}/tools`, [{ tool: "bank.pay", where: { "/a/b": ["x"], "/a": { empty: true } } }])],
    want: [`tool/argument_claimed_twice ${pay}/tools/0/where/~1a`],
  },
  {
    given: "the same discriminator of two ways",
    change: [
      set(`${pay}/tools`, [
        { tool: "bank.pay", where: { "/kind": ["a"] } },
        { tool: "bank.send", where: { "/kind": ["a"] } },
      ]),
    ],
    want: [],
  },
  {
    given: "both pointers of a span",
    change: [
      ...field(
        "x",
        { type: "span", from: "/start", until: "/end", format: "YYYY-MM-DD HH:MM", timezone: "floating" },
        { perCall: { max: 60 } },
      ),
      put(`${pay}/ignored/-`, "/end"),
    ],
    want: [`tool/argument_claimed_twice ${pay}/ignored/1`],
  },
  {
    given: "an element beside a field of the elements",
    change: [...sums(), put(`${pay}/ignored/-`, "/lines/*/memo")],
    want: [],
  },
  {
    given: "an element's field",
    change: [...sums(), put(`${pay}/ignored/-`, "/lines/*/amount")],
    want: [`tool/argument_claimed_twice ${pay}/ignored/1`],
  },
  {
    given: "an element by its index",
    change: [...sums(), put(`${pay}/ignored/-`, "/lines/0/amount")],
    want: [`tool/argument_claimed_twice ${pay}/ignored/1`],
  },
  { given: "a name that starts alike", change: [put(`${pay}/ignored/-`, "/amount_text")], want: [] },
]);

function sums() {
  return [
    put(`${pay}/fields/x`, { from: "/lines/*/amount", type: "integer", aggregate: "sum" }),
    put(`${pay}/perCall/x`, { max: 5 }),
  ];
}

judge("two fields share an argument only with different aggregates or types", [
  {
    given: "the same type",
    change: field("x", { type: "string", from: "/payee" }, { allow: { oneOf: ["acme"] } }),
    want: [`tool/argument_decoded_twice ${pay}/fields/x/from`],
  },
  { given: "another type", change: field("x", { type: "length", from: "/payee" }, { perCall: { max: 10 } }), want: [] },
  {
    given: "another aggregate",
    change: [
      ...sums(),
      put(`${pay}/fields/y`, { from: "/lines/*/amount", type: "integer", aggregate: "count" }),
      put(`${pay}/perCall/y`, { max: 5 }),
    ],
    want: [],
  },
]);

judge("* stands for the elements of an array", [
  {
    given: "a number without aggregate",
    change: field("x", { type: "integer", from: "/lines/*" }, { perCall: { max: 5 } }),
    want: [`type/aggregate_does_not_fit ${pay}/fields/x/from`],
  },
  {
    given: "an aggregate of one value",
    change: [put(`${pay}/fields/amount/aggregate`, "sum")],
    want: [`type/aggregate_does_not_fit ${pay}/fields/amount/aggregate`],
  },
  {
    given: "a string of many",
    change: field("x", { type: "string", from: "/lines/*" }, { allow: { oneOf: ["a"] } }),
    want: [`type/aggregate_does_not_fit ${pay}/fields/x/from`],
  },
  {
    given: "a date of many",
    change: field("x", { type: "date", from: "/lines/*/due" }, { perCall: { max: "2024-03-01" } }),
    want: [`type/aggregate_does_not_fit ${pay}/fields/x/from`],
  },
  {
    given: "a set collects",
    change: field("x", { type: "set", of: "string", from: "/lines/*/to" }, { allow: { subsetOf: ["a"] } }),
    want: [],
  },
  {
    given: "lengths add up",
    change: field("x", { type: "length", aggregate: "sum", from: "/lines/*/memo" }, { perCall: { max: 5 } }),
    want: [],
  },
  {
    given: "arguments are no array",
    change: field("x", { type: "set", of: "string", from: "/*/to" }, { allow: { subsetOf: ["a"] } }),
    want: [`tool/star_misplaced ${pay}/fields/x/from`],
  },
  {
    given: "ignored needs a prefix",
    change: [put(`${pay}/ignored/-`, "/*/memo")],
    want: [`tool/star_misplaced ${pay}/ignored/1`],
  },
  {
    given: "a discriminator is one argument",
    change: [set(`${pay}/tools`, [{ tool: "bank.pay", where: { "/lines/*/kind": ["a"] } }])],
    want: [`tool/star_misplaced ${pay}/tools/0/where/~1lines~1*~1kind`],
  },
  {
    given: "a result is one value",
    change: [set(`${pay}/results/payment`, { from: "/ids/*", type: "string" })],
    want: [`tool/star_misplaced ${pay}/results/payment/from`],
  },
  {
    given: "a result is no set",
    change: [set(`${pay}/results/payment`, { from: "/ids", type: "set", of: "string" })],
    want: [`type/aggregate_does_not_fit ${pay}/results/payment/type`],
  },
  {
    given: "a result has no default",
    change: [set(`${pay}/results/payment`, { from: "/id", type: "string", optional: true, default: "x" })],
    want: [`key/not_applicable ${pay}/results/payment/optional`, `key/not_applicable ${pay}/results/payment/default`],
  },
]);

judge("optional arguments carry a default", [
  {
    given: "default without optional",
    change: [put(`${pay}/fields/payee/default`, "acme")],
    want: [`key/not_applicable ${pay}/fields/payee/default`],
  },
  {
    given: "optional without default",
    change: [put(`${pay}/fields/payee/optional`, true)],
    want: [`key/missing ${pay}/fields/payee/default`],
  },
  { given: "both", change: optional("payee", "acme"), want: [] },
  {
    given: "a default of another type",
    change: optional("payee", 5),
    want: [`value/default_undecodable ${pay}/fields/payee/default`],
  },
  {
    given: "a decimal default with too many digits",
    change: optional("amount", "1.000"),
    want: [`value/default_undecodable ${pay}/fields/amount/default`],
  },
  {
    given: "a decimal default as a number, whole or not",
    change: [
      put(`${pay}/fields/amount/optional`, true),
      put(`${pay}/fields/amount/default`, 1),
      ...field("fee", { type: "decimal", scale: 2, optional: true, default: 0.5 }, { perCall: { max: "1.00" } }),
    ],
    want: [
      `num/not_a_decimal_string ${pay}/fields/amount/default`,
      `num/not_a_decimal_string ${pay}/fields/fee/default`,
    ],
  },
  {
    given: "a default in no row",
    change: [
      put(`${pay}/fields/x`, { from: "/x", type: "string", optional: true, default: "c" }),
      put(`${pay}/rows`, [
        {
          fields: ["x", "payee"],
          oneOf: [
            ["a", "acme"],
            ["b", "acme"],
          ],
        },
      ]),
    ],
    want: [`value/default_out_of_bounds ${pay}/fields/x/default`],
  },
  {
    given: "a default in a row",
    change: [
      put(`${pay}/fields/x`, { from: "/x", type: "string", optional: true, default: "b" }),
      put(`${pay}/rows`, [
        {
          fields: ["x", "payee"],
          oneOf: [
            ["a", "acme"],
            ["b", "acme"],
          ],
        },
      ]),
    ],
    want: [],
  },
  {
    given: "a default outside its allowlist",
    change: optional("payee", "mallory"),
    want: [`value/default_out_of_bounds ${pay}/fields/payee/default`],
  },
  {
    given: "a default above its cap",
    change: optional("amount", "100.01"),
    want: [`value/default_out_of_bounds ${pay}/fields/amount/default`],
  },
  {
    given: "a default set without elements",
    change: [...field("x", { type: "set", of: "string", optional: true, default: [] }, { allow: { subsetOf: ["a"] } })],
    want: [`value/default_out_of_bounds ${pay}/fields/x/default`],
  },
  {
    given: "where the empty set is admitted",
    change: [
      ...field(
        "x",
        { type: "set", of: "string", optional: true, default: [] },
        { allow: { subsetOf: ["a"], minItems: 0 } },
      ),
    ],
    want: [],
  },
  {
    given: "a default host below what is allowed",
    change: field(
      "x",
      { type: "host", optional: true, default: "API.bank.example" },
      { allow: { under: ["bank.example"] } },
    ),
    want: [],
  },
  {
    given: "a default url with another port",
    change: url("x", {}, { optional: true, default: "https://bank.example:8443/" }),
    want: [`value/default_out_of_bounds ${pay}/fields/x/default`],
  },
  {
    given: "a default for many",
    change: [
      put(`${pay}/fields/x`, { type: "set", of: "string", from: "/lines/*/to", optional: true, default: [] }),
      put(`${pay}/allow/x`, { subsetOf: ["a"], minItems: 0 }),
    ],
    want: [`key/not_applicable ${pay}/fields/x/optional`],
  },
  {
    given: "two defaults for one argument",
    change: [
      ...optional("payee", "acme"),
      ...field("x", { type: "length", from: "/payee", optional: true, default: "globex" }, { perCall: { max: 10 } }),
    ],
    want: [`value/default_conflict ${pay}/fields/x/default`],
  },
]);

function optional(name: string, value: unknown) {
  return [put(`${pay}/fields/${name}/optional`, true), put(`${pay}/fields/${name}/default`, value)];
}

judge("products", [
  {
    given: "a factor that is not there",
    change: product(["amount", "qty"], 2),
    want: [`ref/unknown_field ${pay}/fields/p/of/1`],
  },
  {
    given: "a factor that is no number",
    change: product(["amount", "payee"], 2),
    want: [`type/factor_does_not_fit ${pay}/fields/p/of/1`],
  },
  {
    given: "a factor that is itself",
    change: product(["amount", "p"], 2),
    want: [`type/factor_does_not_fit ${pay}/fields/p/of/1`],
  },
  {
    given: "fewer digits than its factors",
    change: product(["amount", "amount"], 3),
    want: [`num/product_may_not_fit ${pay}/fields/p/scale`],
  },
  { given: "all digits of its factors", change: product(["amount", "amount"], 4), want: [] },
]);

function product(of: readonly string[], scale: number) {
  return [put(`${pay}/fields/p`, { type: "product", of, scale }), put(`${pay}/perCall/p`, { max: "1.0" })];
}

judge("zones, bases, limits of fields", [
  {
    given: "a zone in another case",
    change: field(
      "x",
      { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "utc" },
      { perCall: { max: "2024-03-01 08:00" } },
    ),
    want: [`time/unknown_zone ${pay}/fields/x/timezone`],
  },
  {
    given: "a floating time",
    change: field(
      "x",
      { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "floating" },
      { perCall: { max: "2024-03-01 08:00" } },
    ),
    want: [],
  },
  {
    given: "a base with a trailing slash",
    change: field("x", { type: "path", base: "/srv/" }, { allow: { under: ["/srv"] } }),
    want: [`value/not_canonical ${pay}/fields/x/base`],
  },
  {
    given: "a base of strings",
    change: field("x", { type: "set", of: "string", base: "/srv" }, { allow: { subsetOf: ["a"] } }),
    want: [`key/not_applicable ${pay}/fields/x/base`],
  },
  {
    given: "33 elements judged by under",
    change: field("x", { type: "set", of: "host", limit: 33 }, { allow: { under: ["a.example"] } }),
    want: [`num/out_of_range ${pay}/fields/x/limit`],
  },
  {
    given: "32 elements judged by under",
    change: field("x", { type: "set", of: "host", limit: 32 }, { allow: { under: ["a.example"] } }),
    want: [],
  },
  {
    given: "33 elements judged by noneUnder",
    change: field(
      "x",
      { type: "set", of: "host", limit: 33 },
      { allow: { subsetOf: ["b.example"], noneUnder: ["a.example"] } },
    ),
    want: [],
  },
]);
