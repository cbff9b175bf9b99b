import { leastEffect, runTable } from "../run.ts";

const deny = "deny effects/act/allow/x";
const produced = (list: unknown) => ({ state: { produced: { "order/id": list } } });

runTable("allow: every operator holds", {
  effect: {
    fields: { x: { type: "string", from: "/x" } },
    allow: { x: { oneOf: ["a", "b", "constructor"], noneOf: ["b"] } },
  },
  cases: [
    { given: "listed", args: { x: "a" }, want: "allow" },
    { given: "listed, a member of every object", args: { x: "constructor" }, want: "allow" },
    { given: "listed and excluded", args: { x: "b" }, want: deny },
    { given: "not listed", args: { x: "c" }, want: deny },
    { given: "a member of every object", args: { x: "toString" }, want: deny },
    { given: "missing", fields: {}, want: deny },
    { given: "null", fields: { x: null }, want: deny },
    { given: "a list of it", fields: { x: ["a"] }, want: deny },
    { given: "a name of it", fields: { x: { value: "a", under: ["a"] } }, want: deny },
  ],
});

runTable("allow: a list named in the sets", {
  effect: { fields: { x: { type: "string", from: "/x" } }, allow: { x: { oneOf: { set: "symbols" } } } },
  envelope: { sets: { symbols: ["MNQ", "MES"] } },
  cases: [
    { given: "listed", args: { x: "MES" }, want: "allow" },
    { given: "not listed", args: { x: "symbols" }, want: deny },
  ],
});

runTable("allow: a deny list alone", {
  effect: { fields: { x: { type: "string", from: "/x" } }, allow: { x: { noneOf: ["root"] } } },
  cases: [
    { given: "anything else", args: { x: "Root" }, want: "allow" },
    { given: "the excluded", args: { x: "root" }, want: deny },
    { given: "missing is not anything else", fields: {}, want: deny },
    { given: "neither is a number", fields: { x: 1 }, want: deny },
    { given: "nor a lone surrogate", fields: { x: "\ud800" }, want: deny },
  ],
});

runTable("allow: produced by an effect of this session", {
  effect: { fields: { x: { type: "string", from: "/x" } }, allow: { x: { producedBy: "order/id" } } },
  envelope: { effects: { order: leastEffect("tool.order", { results: { id: { type: "string", from: "/id" } } }) } },
  cases: [
    { given: "produced", args: { x: "o-1" }, ...produced(["o-1", "o-2"]), want: "allow" },
    { given: "not produced", args: { x: "o-3" }, ...produced(["o-1", "o-2"]), want: deny },
    { given: "nothing produced yet", args: { x: "o-1" }, ...produced([]), want: deny },
    { given: "no list", args: { x: "o-1" }, want: deny },
    { given: "a text that holds it", args: { x: "o-1" }, ...produced("o-1"), want: deny },
    { given: "a list spoilt by one number", args: { x: "o-1" }, ...produced(["o-1", 2]), want: deny },
    { given: "a map with it", args: { x: "o-1" }, ...produced({ "o-1": true }), want: deny },
  ],
});

runTable("allow: integers produced", {
  effect: {
    fields: { x: { type: "integer", from: "/x" } },
    allow: { x: { producedBy: "order/id" } },
    perCall: { x: { max: 100 } },
  },
  envelope: { effects: { order: leastEffect("tool.order", { results: { id: { type: "integer", from: "/id" } } }) } },
  cases: [
    { given: "produced", args: { x: 7 }, ...produced([7]), want: "allow" },
    { given: "as text", args: { x: 7 }, ...produced(["7"]), want: deny },
    { given: "a list spoilt by a half", args: { x: 7 }, ...produced([7, 0.5]), want: deny },
  ],
});
