import { runTable } from "../run.ts";

const denied = "deny effects/act/allow/s";
const allowing = (of: "string" | "integer" | "host" | "email" | "path" | "ip", allow: object, more: object = {}) => ({
  fields: { s: { type: "set", from: "/s", of, ...more } as const },
  allow: { s: allow },
});

runTable("set: subset of a list", {
  effect: allowing("string", { subsetOf: ["a", "b", "c"], maxItems: 2 }),
  cases: [
    { given: "one", args: { s: ["a"] }, want: "allow" },
    { given: "as many as may be", args: { s: ["a", "b"] }, want: "allow" },
    { given: "one more", args: { s: ["a", "b", "c"] }, want: denied },
    { given: "duplicates collapse", args: { s: ["a", "b", "b", "a"] }, want: "allow" },
    { given: "one outside", args: { s: ["a", "x"] }, want: denied },
    { given: "none, which some tools take for all", args: { s: [] }, want: denied },
    { given: "a scalar", args: { s: "a" }, want: "deny decode/s" },
    { given: "null", args: { s: null }, want: "deny decode/s" },
    { given: "missing", args: {}, want: "deny decode/s" },
    { given: "elements of another type", args: { s: ["a", 1, null] }, want: "deny decode/s/1 decode/s/2" },
    { given: "an object", args: { s: { 0: "a" } }, want: "deny decode/s" },
    { given: "no count", fields: { s: { items: ["a"] } }, want: denied },
    { given: "no items", fields: { s: { count: 1 } }, want: denied },
    { given: "a negative count", fields: { s: { count: -1, items: ["a"] } }, want: denied },
    { given: "a list in place of the set", fields: { s: ["a"] }, want: denied },
    { given: "an element of another type", fields: { s: { count: 2, items: ["a", 1] } }, want: denied },
  ],
});

runTable("set: none is enough", {
  effect: allowing("string", { subsetOf: ["a"], minItems: 0 }),
  cases: [
    { given: "none", args: { s: [] }, want: "allow" },
    { given: "fewer than none", fields: { s: { count: -1, items: [] } }, want: denied },
    { given: "one outside", args: { s: ["b"] }, want: denied },
  ],
});

runTable("set: at least two", {
  effect: allowing("integer", { minItems: 2, disjointFrom: [0] }),
  cases: [
    { given: "two", args: { s: [1, 2] }, want: "allow" },
    { given: "one, twice", args: { s: [1, 1] }, want: denied },
    { given: "one of the excluded", args: { s: [1, 0, 2] }, want: denied },
    { given: "an element beyond the largest number", args: '{"s":[1,9007199254740993]}', want: "deny decode/s/1" },
  ],
});

runTable("set: none of several", {
  effect: allowing("string", { disjointFrom: ["x", "y"] }),
  cases: [
    { given: "neither", args: { s: ["a"] }, want: "allow" },
    { given: "one of them", args: { s: ["a", "y"] }, want: denied },
    { given: "both", args: { s: ["x", "y"] }, want: denied },
    { given: "neither is a number", fields: { s: { count: 1, items: [1] } }, want: denied },
  ],
});

runTable("set: unique and limited", {
  effect: allowing("string", { disjointFrom: ["x"] }, { unique: true, limit: 3 }),
  cases: [
    { given: "as many as the limit", args: { s: ["a", "b", "c"] }, want: "allow" },
    { given: "one more than the limit", args: { s: ["a", "b", "c", "d"] }, want: "deny decode/s" },
    { given: "a duplicate", args: { s: ["a", "b", "a"] }, want: "deny decode/s/2" },
  ],
});

runTable("set: every host below a domain", {
  effect: allowing("host", { under: ["example.com"], noneUnder: ["secret.example.com"] }),
  cases: [
    { given: "all below", args: { s: ["a.example.com", "EXAMPLE.com"] }, want: "allow" },
    { given: "one look-alike", args: { s: ["a.example.com", "evilexample.com"] }, want: denied },
    { given: "one below the excluded", args: { s: ["a.example.com", "b.secret.example.com"] }, want: denied },
    { given: "32 of them", args: { s: Array.from({ length: 32 }, (_, i) => `h${i}.example.com`) }, want: "allow" },
    {
      given: "33 of them",
      args: { s: Array.from({ length: 33 }, (_, i) => `h${i}.example.com`) },
      want: "deny decode/s",
    },
    {
      given: "a count of 33",
      fields: { s: { count: 33, items: ["example.com"], under: Array.from({ length: 33 }, () => ["example.com"]) } },
      want: denied,
    },
    {
      given: "fewer ancestors than elements",
      fields: { s: { count: 2, items: ["example.com"], under: [["example.com"]] } },
      want: denied,
    },
    { given: "no ancestors", fields: { s: { count: 1, items: ["example.com"] } }, want: denied },
    {
      given: "ancestors of another type",
      fields: { s: { count: 1, items: ["example.com"], under: [["example.com", 1]] } },
      want: denied,
    },
    { given: "an element spelt wrongly", args: { s: ["a.example.com", "a..example.com"] }, want: "deny decode/s/1" },
  ],
});

runTable("set: none is enough, and its ancestors are well-typed", {
  effect: allowing("host", { under: ["example.com"], minItems: 0 }),
  cases: [
    { given: "none", args: { s: [] }, want: "allow" },
    { given: "none, and ancestors to spare", fields: { s: { count: 0, items: [], under: [["org"]] } }, want: "allow" },
    { given: "no lists of ancestors", fields: { s: { count: 0, items: [], under: ["com"] } }, want: denied },
    { given: "ancestors missing", fields: { s: { count: 0, items: [] } }, want: denied },
  ],
});

runTable("set: none allowed, of well-typed ancestors", {
  effect: allowing("host", { under: ["example.com"], minItems: 0, maxItems: 0 }),
  cases: [
    { given: "none", args: { s: [] }, want: "allow" },
    { given: "one", args: { s: ["a.example.com"] }, want: denied },
    { given: "no lists of ancestors", fields: { s: { count: 0, items: [], under: ["com"] } }, want: denied },
  ],
});

runTable("set: paths below a folder", {
  effect: allowing("path", { under: ["/srv"] }, { base: "/srv/app" }),
  cases: [
    { given: "relative to the base", args: { s: ["x/y", "/srv/z"] }, want: "allow" },
    { given: "one elsewhere", args: { s: ["/srv2"] }, want: denied },
    { given: "one climbing out", args: { s: ["../x"] }, want: "deny decode/s/0" },
  ],
});

runTable("set: produced in this session", {
  effect: { ...allowing("integer", { producedBy: "act/ids" }), results: { ids: { type: "integer", from: "/id" } } },
  cases: [
    { given: "all produced", args: { s: [1, 2] }, state: { produced: { "act/ids": [1, 2, 3] } }, want: "allow" },
    { given: "one not produced", args: { s: [1, 4] }, state: { produced: { "act/ids": [1, 2, 3] } }, want: denied },
    { given: "a result of another type", args: { s: [1] }, state: { produced: { "act/ids": [1, "2"] } }, want: denied },
  ],
});

runTable("set: addresses", {
  effect: allowing("email", { under: ["example.com"] }),
  cases: [
    { given: "of the domain", args: { s: ["bob@example.com", "ann@mail.example.com"] }, want: "allow" },
    { given: "one of another", args: { s: ["bob@example.com", "eve@evilexample.com"] }, want: denied },
  ],
});

runTable("set: networks", {
  effect: allowing("ip", { under: ["10.0.0.0/8"], subsetOf: ["10.0.0.1", "10.0.0.2", "11.0.0.1"] }),
  cases: [
    { given: "both hold", args: { s: ["10.0.0.2", "10.0.0.1"] }, want: "allow" },
    { given: "listed, outside the network", args: { s: ["11.0.0.1"] }, want: denied },
    { given: "in the network, not listed", args: { s: ["10.0.0.3"] }, want: denied },
  ],
});
