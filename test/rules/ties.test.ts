import { put } from "../reading/envelopes.ts";
import { field, judge, url } from "./table.ts";

const pay = "/effects/pay";
const relation = (left: string, op: string, right: string) => put(`${pay}/relations`, [{ left, op, right }]);
const decimal = (name: string, more: object = {}) =>
  field(name, { type: "decimal", scale: 2, unit: "USD", ...more }, { perCall: { max: "1.0" } });
const local = (name: string, timezone: string) =>
  field(name, { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone }, { perCall: { max: "2024-03-01 08:00" } });

judge("relations are between fields of one type", [
  { given: "decimals", change: [...decimal("fee"), relation("fee", "<=", "amount")], want: [] },
  {
    given: "a field that is not there",
    change: [relation("fee", "<=", "amount")],
    want: [`ref/unknown_field ${pay}/relations/0/left`],
  },
  { given: "two types", change: [relation("payee", "!=", "amount")], want: [`type/not_comparable ${pay}/relations/0`] },
  {
    given: "two scales",
    change: [...decimal("fee", { scale: 1 }), relation("fee", "<=", "amount")],
    want: [`unit/scale_mismatch ${pay}/relations/0/right`],
  },
  {
    given: "two units",
    change: [...decimal("fee", { unit: "EUR" }), relation("fee", "<=", "amount")],
    want: [`unit/mismatch ${pay}/relations/0/right`],
  },
  {
    given: "strings have no order",
    change: [...field("to", { type: "string" }, { allow: { oneOf: ["a"] } }), relation("payee", "<", "to")],
    want: [`type/not_comparable ${pay}/relations/0`],
  },
  {
    given: "strings are equal or not",
    change: [...field("to", { type: "string" }, { allow: { oneOf: ["a"] } }), relation("payee", "!=", "to")],
    want: [],
  },
  { given: "sets of one type", change: [...sets("string"), relation("a", "==", "b")], want: [] },
  {
    given: "sets of two types",
    change: [...sets("host"), relation("a", "==", "b")],
    want: [`type/not_comparable ${pay}/relations/0`],
  },
  {
    given: "the smallest and largest of a list",
    change: [...each("a"), ...each("b"), relation("a", "<", "b")],
    want: [`type/not_comparable ${pay}/relations/0`],
  },
  {
    given: "local times",
    change: [...local("a", "UTC"), ...local("b", "Europe/Berlin"), relation("a", "<", "b")],
    want: [],
  },
  {
    given: "a local and a floating time",
    change: [...local("a", "UTC"), ...local("b", "floating"), relation("a", "<", "b")],
    want: [`type/not_comparable ${pay}/relations/0`],
  },
  {
    given: "a whole url",
    change: [...url("s"), relation("s", "==", "payee")],
    want: [`type/bound_does_not_fit ${pay}/relations/0/left`],
  },
  { given: "the hosts of two urls", change: [...url("s"), ...url("t"), relation("s.host", "==", "t.host")], want: [] },
  {
    given: "the host of one with the path of another",
    change: [...url("s"), ...url("t"), relation("s.host", "==", "t.path")],
    want: [`type/not_comparable ${pay}/relations/0`],
  },
]);

function sets(of: string) {
  return [
    ...field("a", { type: "set", of: "string" }, { allow: { subsetOf: ["x"] } }),
    ...field("b", { type: "set", of }, { allow: { subsetOf: ["x"] } }),
  ];
}

function each(name: string) {
  return [
    put(`${pay}/fields/${name}`, { from: `/${name}/*`, type: "integer", aggregate: "each" }),
    put(`${pay}/perCall/${name}`, { max: 5 }),
  ];
}

const rows = (fields: readonly string[], ...oneOf: readonly unknown[]) => put(`${pay}/rows`, [{ fields, oneOf }]);

judge("rows tie fields together", [
  {
    given: "rows that fit",
    change: [
      ...field("n", { type: "integer" }, { perCall: { max: 3 } }),
      rows(["payee", "n", "amount"], ["acme", 1, "5.00"], ["globex", 2, "6"]),
    ],
    want: [],
  },
  {
    given: "a field that is not there",
    change: [rows(["paye"], ["acme"])],
    want: [`ref/unknown_field ${pay}/rows/0/fields/0`],
  },
  {
    given: "too few values",
    change: [rows(["payee", "amount"], ["acme"])],
    want: [`type/row_length ${pay}/rows/0/oneOf/0`],
  },
  {
    given: "a number for a decimal",
    change: [rows(["amount"], [5])],
    want: [`num/not_a_decimal_string ${pay}/rows/0/oneOf/0/0`],
  },
  {
    given: "a value that is not canonical",
    change: [...field("h", { type: "host" }), rows(["h"], ["Bank.Example"])],
    want: [`value/not_canonical ${pay}/rows/0/oneOf/0/0`],
  },
  {
    given: "a wildcard in a name",
    change: [...field("h", { type: "host" }), rows(["h"], ["*.example"])],
    want: [`value/glob_not_supported ${pay}/rows/0/oneOf/0/0`],
  },
  {
    given: "a row twice",
    change: [rows(["payee"], ["acme"], ["acme"])],
    want: [`value/duplicate ${pay}/rows/0/oneOf/1`],
  },
  {
    given: "a set as its sorted elements",
    change: [...field("s", { type: "set", of: "string" }), rows(["s"], [["a", "b"]])],
    want: [],
  },
  {
    given: "a set out of order",
    change: [...field("s", { type: "set", of: "string" }), rows(["s"], [["b", "a"]])],
    want: [`value/not_canonical ${pay}/rows/0/oneOf/0/0`],
  },
  {
    given: "a set of integers by size",
    change: [...field("s", { type: "set", of: "integer" }), rows(["s"], [[9, 10]])],
    want: [],
  },
  {
    given: "a set that is none",
    change: [...field("s", { type: "set", of: "string" }), rows(["s"], ["a"])],
    want: [`type/wrong_type ${pay}/rows/0/oneOf/0/0`],
  },
  {
    given: "a list for a string",
    change: [rows(["payee"], [["acme"]])],
    want: [`type/wrong_type ${pay}/rows/0/oneOf/0/0`],
  },
  {
    given: "a whole url",
    change: [...url("s"), rows(["s"], ["https://bank.example/"])],
    want: [`type/bound_does_not_fit ${pay}/rows/0/fields/0`],
  },
  { given: "the parts of a url", change: [...url("s"), rows(["s.host", "s.port"], ["bank.example", 443])], want: [] },
  {
    given: "the smallest and largest of a list",
    change: [...each("a"), rows(["a"], [1])],
    want: [`type/bound_does_not_fit ${pay}/rows/0/fields/0`],
  },
]);
