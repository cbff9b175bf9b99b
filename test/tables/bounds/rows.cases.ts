import { runTable } from "../run.ts";

const deny = "deny effects/act/rows/0";

runTable("rows tie fields together", {
  effect: {
    fields: {
      hotel: { type: "string", from: "/hotel" },
      price: { type: "decimal", from: "/price", scale: 2 },
      guests: { type: "set", of: "string", from: "/guests" },
    },
    perCall: { price: { max: "100.00" } },
    rows: [
      {
        fields: ["hotel", "price", "guests"],
        oneOf: [
          ["Ritz", "90.00", ["Ann", "Bob"]],
          ['a"],["b', "1.50", []],
        ],
      },
    ],
  },
  cases: [
    { given: "a row", args: { hotel: "Ritz", price: "90.00", guests: ["Ann", "Bob"] }, want: "allow" },
    {
      given: "the same amount in fewer digits",
      args: { hotel: "Ritz", price: 90, guests: ["Bob", "Ann", "Bob"] },
      want: "allow",
    },
    { given: "quotes within a value", args: { hotel: 'a"],["b', price: "1.5", guests: [] }, want: "allow" },
    { given: "values of two rows", args: { hotel: "Ritz", price: "1.50", guests: [] }, want: deny },
    { given: "another set", args: { hotel: "Ritz", price: "90.00", guests: ["Ann"] }, want: deny },
    { given: "another case", args: { hotel: "ritz", price: "90.00", guests: ["Ann", "Bob"] }, want: deny },
    { given: "an amount in no row", args: { hotel: "Ritz", price: "90.01", guests: ["Ann", "Bob"] }, want: deny },
    { given: "no canonical row", fields: { price: 9000 }, want: deny },
    { given: "the canonical row", fields: { price: 9000, "rows/0": '["Ritz",9000,["Ann","Bob"]]' }, want: "allow" },
    { given: "the row as a list", fields: { price: 9000, "rows/0": ["Ritz", 9000, ["Ann", "Bob"]] }, want: deny },
    { given: "the row with a blank", fields: { price: 9000, "rows/0": '["Ritz", 9000,["Ann","Bob"]]' }, want: deny },
    { given: "the row is null", fields: { price: 9000, "rows/0": null }, want: deny },
    { given: "the row is a member of every object", fields: { price: 9000, "rows/0": "constructor" }, want: deny },
  ],
});

runTable("rows: a name stands in them by itself", {
  effect: {
    fields: { host: { type: "host", from: "/host" }, port: { type: "integer", from: "/port" } },
    perCall: { port: { max: 65_535 } },
    rows: [{ fields: ["host", "port"], oneOf: [["a.example.com", 443]] }],
  },
  cases: [
    { given: "a row", args: { host: "a.example.com", port: 443 }, want: "allow" },
    { given: "in another spelling", args: { host: "A.EXAMPLE.com", port: 443 }, want: "allow" },
    { given: "a host below it", args: { host: "b.a.example.com", port: 443 }, want: deny },
    { given: "a number of another row", args: { host: "a.example.com", port: 80 }, want: deny },
  ],
});
