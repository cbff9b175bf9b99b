import { expect, test } from "vitest";
import { diagnose, put, remove, set } from "../reading/envelopes.ts";
import { field, judge, url } from "./table.ts";

const at = "/effects/pay/allow";

judge("a bound on a field that is not there", [
  {
    given: "a misspelt field",
    change: [put(`${at}/paye`, { oneOf: ["acme"] })],
    want: [`ref/unknown_field ${at}/paye`],
  },
  {
    given: "a misspelt field that leaves the right one without bound",
    change: [remove(`${at}/payee`), put(`${at}/paye`, { oneOf: ["acme"] })],
    want: [`ref/unknown_field ${at}/paye`],
  },
  {
    given: "a member of every object",
    change: [put(`${at}/toString`, { oneOf: ["acme"] })],
    want: [`ref/unknown_field ${at}/toString`],
  },
  {
    given: "a part of a field that is no url",
    change: [put(`${at}/payee.host`, { oneOf: ["acme"] })],
    want: [`ref/unknown_field ${at}/payee.host`],
  },
  {
    given: "a whole url",
    change: [...url("site"), put(`${at}/site`, { oneOf: ["https://bank.example/"] })],
    want: [`type/bound_does_not_fit ${at}/site`],
  },
  {
    given: "a part that no url has",
    change: [...url("site"), put(`${at}/site.query`, { oneOf: ["a=b"] })],
    want: [`ref/unknown_field ${at}/site.query`],
  },
]);

const misfits: readonly [type: object, operator: string, value: unknown, right: object][] = [
  [{ type: "string" }, "under", ["a"], { oneOf: ["a"] }],
  [{ type: "string" }, "subsetOf", ["a"], { oneOf: ["a"] }],
  [{ type: "string" }, "minItems", 1, { oneOf: ["a"] }],
  [{ type: "boolean" }, "oneOf", [true], { equals: true }],
  [{ type: "host" }, "noneOf", ["a.example"], { oneOf: ["b.example"] }],
  [{ type: "host" }, "equals", "a.example", { oneOf: ["a.example"] }],
  [{ type: "digest" }, "noneOf", [`sha256:${"0".repeat(64)}`], { oneOf: [`sha256:${"0".repeat(64)}`] }],
  [{ type: "set", of: "string" }, "oneOf", ["a"], { subsetOf: ["a"] }],
  [{ type: "set", of: "string" }, "under", ["a"], { subsetOf: ["a"] }],
  [{ type: "set", of: "integer" }, "noneUnder", [1], { subsetOf: [1] }],
  [{ type: "set", of: "host" }, "equals", "a.example", { subsetOf: ["a.example"] }],
];

judge(
  "an operator of another type",
  misfits.map(([declared, operator, value, right]) => ({
    given: `${JSON.stringify(declared)} with ${operator}`,
    change: [...field("x", declared, { allow: right }), put(`${at}/x/${operator}`, value)],
    want: [`type/bound_does_not_fit ${at}/x/${operator}`],
  })),
);

judge("numbers decoded with each are judged by their smallest and largest", [
  {
    given: "oneOf",
    change: [
      put("/effects/pay/fields/each", { from: "/each/*", type: "integer", aggregate: "each" }),
      put("/effects/pay/perCall/each", { max: 5 }),
      put(`${at}/each`, { oneOf: [1, 2] }),
    ],
    want: [`type/bound_does_not_fit ${at}/each/oneOf`],
  },
]);

const uncanonical: readonly [given: string, declared: object, operator: string, value: unknown][] = [
  ["an upper-case host", { type: "host" }, "oneOf", "Bank.Example"],
  ["a host with a trailing dot", { type: "host" }, "oneOf", "bank.example."],
  ["a host that is an address", { type: "host" }, "oneOf", "10.0.0.1"],
  ["a host in its own script", { type: "host" }, "oneOf", "bücher.example"],
  ["a path with a trailing slash", { type: "path" }, "under", "/srv/data/"],
  ["a path with two slashes", { type: "path" }, "under", "/srv//data"],
  ["a path with ..", { type: "path" }, "under", "/srv/../etc"],
  ["a relative path", { type: "path", base: "/srv" }, "under", "data"],
  ["a network with host bits", { type: "cidr" }, "under", "10.0.0.1/8"],
  ["an address block with host bits over an address", { type: "ip" }, "under", "10.0.0.1/8"],
  ["an address in short", { type: "ip" }, "oneOf", "10.1"],
  ["an IPv6 address written out", { type: "ip" }, "oneOf", "2001:0db8::1"],
  ["an email address with an upper-case domain", { type: "email" }, "oneOf", "ann@Bank.Example"],
  ["an email address where a domain belongs", { type: "email" }, "under", "ann@bank.example"],
  ["a bare digest", { type: "digest" }, "oneOf", "0".repeat(64)],
  ["a string with an invisible character", { type: "string" }, "oneOf", "ac\u200bme"],
  ["a string with a line break", { type: "string" }, "oneOf", "two\nlines"],
];

judge(
  "values in bounds are canonical",
  uncanonical.map(([given, declared, operator, value]) => ({
    given,
    change: field("x", declared, { allow: { [operator]: [value] } }),
    want: [`value/not_canonical ${at}/x/${operator}/0`],
  })),
);

judge("the parts of a url are canonical", [
  {
    given: "an upper-case scheme",
    change: url("s", { scheme: { equals: "HTTPS" } }),
    want: [`value/not_canonical ${at}/s.scheme/equals`],
  },
  {
    given: "a scheme that no url field admits",
    change: url("s", { scheme: { oneOf: ["ftp"] } }),
    want: [`value/not_canonical ${at}/s.scheme/oneOf/0`],
  },
  {
    given: "an upper-case host",
    change: url("s", { host: { under: ["Bank.Example"] } }),
    want: [`value/not_canonical ${at}/s.host/under/0`],
  },
  {
    given: "an address without allowIp",
    change: url("s", { host: { oneOf: ["10.0.0.1"] } }),
    want: [`value/not_canonical ${at}/s.host/oneOf/0`],
  },
  {
    given: "a port as a string",
    change: url("s", { port: { oneOf: ["443"] } }),
    want: [`type/wrong_type ${at}/s.port/oneOf/0`],
  },
  {
    given: "a port that is none",
    change: url("s", { port: { oneOf: [65536] } }),
    want: [`num/out_of_range ${at}/s.port/oneOf/0`],
  },
  {
    given: "a path with a trailing slash",
    change: url("s", { path: { under: ["/v1/"] } }),
    want: [`value/not_canonical ${at}/s.path/under/0`],
  },
  {
    given: "an address with allowIp",
    change: url("s", { host: { oneOf: ["10.0.0.1"] } }, { allowIp: true }),
    want: [],
  },
  {
    given: "a network with allowIp",
    change: url("s", { host: { under: ["10.0.0.0/8"] } }, { allowIp: true }),
    want: [],
  },
]);

judge("wildcards are not supported", [
  {
    given: "in a host",
    change: field("x", { type: "host" }, { allow: { under: ["*.bank.example"] } }),
    want: [`value/glob_not_supported ${at}/x/under/0`],
  },
  {
    given: "in a path",
    change: field("x", { type: "path" }, { allow: { under: ["/srv/*"] } }),
    want: [`value/glob_not_supported ${at}/x/under/0`],
  },
  {
    given: "in an email address",
    change: field("x", { type: "email" }, { allow: { oneOf: ["*@bank.example"] } }),
    want: [`value/glob_not_supported ${at}/x/oneOf/0`],
  },
  {
    given: "in a set of hosts",
    change: field("x", { type: "set", of: "host" }, { allow: { under: ["*.bank.example"] } }),
    want: [`value/glob_not_supported ${at}/x/under/0`],
  },
  {
    given: "in a url's host",
    change: url("s", { host: { under: ["*.bank.example"] } }),
    want: [`value/glob_not_supported ${at}/s.host/under/0`],
  },
  {
    given: "in a string, which is a warning",
    change: [put(`${at}/payee/oneOf/-`, "acme*")],
    want: [`value/glob_not_supported ${at}/payee/oneOf/2`],
  },
  {
    given: "in a tool",
    change: [put("/effects/pay/tools/-", "bank.*")],
    want: ["value/glob_not_supported /effects/pay/tools/1"],
  },
  {
    given: "in a forbidden tool",
    change: [put("/forbidden/-", { tool: "bank.*" })],
    want: ["value/glob_not_supported /forbidden/0/tool", "ref/catalogue_unchecked /forbidden"],
  },
  { given: "in the principal", change: [set("/principal", "agent:*")], want: ["value/glob_not_supported /principal"] },
  { given: "in a flag", change: [put("/capabilities/-", "NET_*")], want: ["value/glob_not_supported /capabilities/2"] },
  {
    given: "in a discriminator, which is a warning",
    change: [set("/effects/list_payments/tools", [{ tool: "bank.list", where: { "/kind": ["a*"] } }])],
    want: ["value/glob_not_supported /effects/list_payments/tools/0/where/~1kind/0"],
  },
  { given: "not in narrative", change: [set("/goal/summary", "pay * invoices")], want: [] },
]);

judge("numbers in bounds have their field's form", [
  {
    given: "a string for an integer",
    change: field("x", { type: "integer" }, { allow: { oneOf: ["1"] } }),
    want: [`type/wrong_type ${at}/x/oneOf/0`],
  },
  {
    given: "a number for a decimal",
    change: field("x", { type: "decimal", scale: 2 }, { allow: { oneOf: [1.5] } }),
    want: [`num/not_a_decimal_string ${at}/x/oneOf/0`],
  },
  {
    given: "too many digits",
    change: field("x", { type: "decimal", scale: 1 }, { allow: { oneOf: ["1.50"] } }),
    want: [`num/too_many_digits ${at}/x/oneOf/0`],
  },
  {
    given: "a count of decimals is an integer",
    change: [
      put("/effects/pay/fields/x", { from: "/x/*", type: "decimal", scale: 2, aggregate: "count" }),
      put(`${at}/x`, { oneOf: [1, 2] }),
    ],
    want: [],
  },
  {
    given: "a product is a decimal",
    change: [
      put("/effects/pay/fields/x", { type: "product", of: ["amount", "amount"], scale: 4 }),
      put(`${at}/x`, { oneOf: ["1.0000"] }),
    ],
    want: [],
  },
  {
    given: "dates, local times, timestamps",
    change: [
      ...field("d", { type: "date" }, { allow: { oneOf: ["2024-03-01"] } }),
      ...field("t", { type: "timestamp" }, { allow: { oneOf: ["2024-03-01T08:00:00Z"] } }),
      ...field(
        "l",
        { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "UTC" },
        { allow: { oneOf: ["2024-03-01 08:00"] } },
      ),
    ],
    want: [],
  },
]);

judge("named sets", [
  {
    given: "one that is not there",
    change: [set(`${at}/payee/oneOf`, { set: "payees" })],
    want: [`ref/unknown_set ${at}/payee/oneOf/set`],
  },
  {
    given: "one that nothing uses",
    change: [put("/sets", { payees: ["acme"] })],
    want: ["ref/unused_set /sets/payees"],
  },
  {
    given: "one of another type",
    change: [put("/sets", { payees: [1, 2] }), set(`${at}/payee/oneOf`, { set: "payees" })],
    want: [`type/wrong_type ${at}/payee/oneOf/set`],
  },
  {
    given: "one with an entry twice",
    change: [put("/sets", { payees: ["acme", "acme"] }), set(`${at}/payee/oneOf`, { set: "payees" })],
    want: ["value/duplicate /sets/payees/1"],
  },
  {
    given: "a value that is not canonical, used twice, is one problem",
    change: [
      put("/sets", { banks: ["Bank.Example"] }),
      ...field("x", { type: "host" }, { allow: { oneOf: { set: "banks" } } }),
      ...field("y", { type: "host" }, { allow: { under: { set: "banks" } } }),
    ],
    want: ["value/not_canonical /sets/banks/0"],
  },
  {
    given: "one for any list operator",
    change: [
      put("/sets", { banks: ["bank.example"], bad: ["evil.example"] }),
      ...field(
        "x",
        { type: "set", of: "host" },
        {
          allow: {
            under: { set: "banks" },
            noneUnder: { set: "bad" },
            subsetOf: { set: "banks" },
            disjointFrom: { set: "bad" },
          },
        },
      ),
    ],
    want: [],
  },
]);

judge("deny lists", [
  {
    given: "noneOf alone",
    change: [set(`${at}/payee`, { noneOf: ["mallory"] })],
    want: [`value/denylist_only ${at}/payee`],
  },
  {
    given: "disjointFrom and a number of elements",
    change: field("x", { type: "set", of: "string" }, { allow: { disjointFrom: ["a"], maxItems: 3 } }),
    want: [`value/denylist_only ${at}/x`],
  },
  {
    given: "noneUnder on the host of a url",
    change: url("s", { host: { noneUnder: ["evil.example"] } }),
    want: [`value/denylist_only ${at}/s.host`],
  },
  { given: "beside an allow list", change: [put(`${at}/payee/noneOf`, ["mallory"])], want: [] },
  {
    given: "beside rows",
    change: [
      set(`${at}/payee`, { noneOf: ["mallory"] }),
      put("/effects/pay/rows", [{ fields: ["payee"], oneOf: [["acme"]] }]),
    ],
    want: [],
  },
]);

const recipients = (allow: unknown) => field("to", { type: "set", of: "email" }, { allow });

judge("elements that nothing judges", [
  { given: "minItems alone", change: recipients({ minItems: 0 }), want: [`value/count_only ${at}/to`] },
  { given: "maxItems alone", change: recipients({ maxItems: 1000 }), want: [`value/count_only ${at}/to`] },
  {
    given: "beside another set, from which it differs",
    change: [
      ...recipients({ maxItems: 3 }),
      ...field("cc", { type: "set", of: "email" }, { allow: { under: ["acme.example"] } }),
      put("/effects/pay/relations", [{ left: "to", op: "!=", right: "cc" }]),
    ],
    want: [`value/count_only ${at}/to`],
  },
  {
    given: "equal to a set that is only counted too",
    change: [
      ...recipients({ maxItems: 3 }),
      ...field("cc", { type: "set", of: "email" }, { allow: { maxItems: 3 } }),
      put("/effects/pay/relations", [{ left: "to", op: "==", right: "cc" }]),
    ],
    want: [`value/count_only ${at}/cc`, `value/count_only ${at}/to`],
  },
  {
    given: "equal to a set whose elements are judged",
    change: [
      ...recipients({ maxItems: 3 }),
      ...field("cc", { type: "set", of: "email" }, { allow: { under: ["acme.example"] } }),
      put("/effects/pay/relations", [{ left: "cc", op: "==", right: "to" }]),
    ],
    want: [],
  },
  { given: "beside ancestors", change: recipients({ maxItems: 3, under: ["acme.example"] }), want: [] },
  {
    given: "beside rows",
    change: [
      ...recipients({ maxItems: 3 }),
      put("/effects/pay/rows", [{ fields: ["payee", "to"], oneOf: [["acme", ["a@acme.example"]]] }]),
    ],
    want: [],
  },
]);

judge("producedBy", [
  {
    given: "an effect that is not there",
    change: [put(`${at}/payee/producedBy`, "invoice/payee")],
    want: [`ref/unknown_result ${at}/payee/producedBy`],
  },
  {
    given: "a result that is not there",
    change: [put(`${at}/payee/producedBy`, "list_payments/payee")],
    want: [`ref/unknown_result ${at}/payee/producedBy`],
  },
  {
    given: "no result at all",
    change: [put(`${at}/payee/producedBy`, "list_payments")],
    want: [`ref/unknown_result ${at}/payee/producedBy`],
  },
  {
    given: "a result of another type",
    change: [
      put("/effects/list_payments/results", { n: { from: "/n", type: "integer" } }),
      put(`${at}/payee/producedBy`, "list_payments/n"),
    ],
    want: [`type/result_does_not_fit ${at}/payee/producedBy`],
  },
  {
    given: "on a type that has no results",
    change: [
      ...field("x", { type: "host" }, { allow: { oneOf: ["a.example"] } }),
      put(`${at}/x/producedBy`, "pay/payment"),
    ],
    want: [`type/bound_does_not_fit ${at}/x/producedBy`],
  },
  {
    given: "a string, an integer, and the elements of a set",
    change: [
      put("/effects/list_payments/results", {
        n: { from: "/n", type: "integer" },
        p: { from: "/p", type: "string" },
        h: { from: "/h", type: "host" },
      }),
      put(`${at}/payee/producedBy`, "list_payments/p"),
      ...field("n", { type: "integer" }, { allow: { producedBy: "list_payments/n" } }),
      ...field("hosts", { type: "set", of: "host" }, { allow: { producedBy: "list_payments/h" } }),
    ],
    want: [],
  },
]);

test.each([
  ["2001:DB8::/32", "2001:db8::/32", [{ op: "replace", path: `${at}/x/under/0`, value: "2001:db8::/32" }]],
  // Which block is meant is for people to say.
  ["10.0.0.1/8", "10.0.0.0/8", undefined],
])("`%s` is not canonical, and comes with the form that is", (written, canonical, suggestion) => {
  const [found] = diagnose(...field("x", { type: "cidr" }, { allow: { under: [written] } }));
  expect(found?.message).toContain(`\`${canonical}\``);
  expect(found?.suggestion).toEqual(suggestion);
});

test("a misspelt field is not renamed over the right one", () => {
  const [found] = diagnose(put(`${at}/paye`, { oneOf: ["acme"] }));
  expect(found?.message).toContain("did you mean `payee`?");
  expect(found?.suggestion).toBeUndefined();
});
