/** Each bound that is drawn tighter makes an envelope narrower, and each that is taken away or changed does not. */
import { describe, expect, test } from "vitest";
import { narrower, widenings } from "../../compiler/order/order.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { put, remove, set } from "../reading/envelopes.ts";
import { envelopeWith } from "./base.ts";

const base = envelopeWith();
const pay = "/effects/pay";

type Row = readonly [what: string, ...operations: readonly PatchOperation[]];

function operationsOf(row: readonly (string | PatchOperation)[]): readonly PatchOperation[] {
  return row.filter((each) => typeof each !== "string");
}

const tighter: readonly Row[] = [
  ["a later beginning", set("/validity/notBefore", "2026-02-16T00:00:00Z")],
  ["an earlier end", set("/validity/expiresAt", "2026-03-14T23:59:59Z")],
  ["a shorter session", set("/validity/maxDurationSeconds", 3599)],
  ["the base mode", set("/mode", "base")],
  ["a flag less", set("/capabilities", ["NET_ACCESS"])],
  ["an effect less", remove(pay), remove("/evidence")],
  ["an effect forbidden", put("/forbidden/-", { effect: "pay" })],
  ["a tag forbidden", put("/forbidden/-", { tag: "moves_funds" })],
  ["a tool forbidden", put("/forbidden/-", { tool: "bank.pay" })],
  ["a flag required that is not granted", set(`${pay}/requires`, ["NET_ACCESS", "ACCOUNT_ACCESS"])],
  ["a flag more required", set(`${pay}/requires`, ["NET_ACCESS", "FINANCIAL_ACTIONS"])],
  ["a tag more", set(`${pay}/tags`, ["moves_funds", "irreversible"])],
  ["a tool less", remove(`${pay}/tools/1`)],
  ["a value of a discriminator less", set(`${pay}/tools/0/where/~1action`, ["pay"])],
  ["a parent to be charged too", put("/parent", { id: "env_parent", sha256: "0".repeat(64) })],
  ["proposals only", set(`${pay}/channel`, "propose")],
  ["fewer actions", set("/budgets/actions/max", 49)],
  ["fewer external calls", set("/budgets/externalCalls/max", 29)],
  ["less to spend", set("/budgets/spend/max", "499.99")],
  ["less of what is counted by constants", set("/budgets/steps/max", 8)],
  ["a meter more", put("/budgets/more", { max: 3 }), put(`${pay}/consumes/more`, 1)],
  ["a shorter list", set("/sets/payees", ["acme"])],
  ["one value", set(`${pay}/allow/payee`, { equals: "acme" })],
  ["a deny list beside", put(`${pay}/allow/payee/noneOf`, ["globex"])],
  ["a longer deny list", set(`${pay}/allow/source/noneOf`, ["vault", "till", "safe"])],
  ["a list in the place of a deny list", set(`${pay}/allow/source`, { oneOf: ["desk", "counter"] })],
  ["fewer hosts above", set(`${pay}/allow/hosts/under`, ["a.example"])],
  ["a host below one that was above", set(`${pay}/allow/hosts/under`, ["c.a.example", "b.example"])],
  ["a host excluded with all below it", set(`${pay}/allow/hosts/noneUnder`, ["x.a.example", "b.example"])],
  ["fewer elements", set(`${pay}/allow/hosts/maxItems`, 3)],
  ["more elements", put(`${pay}/allow/hosts/minItems`, 2)],
  ["a smaller set sent", put(`${pay}/fields/hosts/limit`, 31)],
  ["no duplicates", put(`${pay}/fields/words/unique`, true)],
  ["a smaller superset", set(`${pay}/allow/words/subsetOf`, ["red", "blue"])],
  ["a larger set kept out", set(`${pay}/allow/words/disjointFrom`, ["blue", "red"])],
  ["a folder further down", set(`${pay}/allow/file/under`, ["/srv/data/in"]), remove(`${pay}/allow/file/noneUnder`)],
  [
    "a folder excluded from further up",
    set(`${pay}/allow/file`, { under: ["/srv/data"], noneUnder: ["/srv/data/secret", "/srv/data/in"] }),
  ],
  ["one scheme", set(`${pay}/allow/site.scheme/oneOf`, ["https"])],
  ["one port", set(`${pay}/allow/site.port/oneOf`, [443])],
  ["a path further down", set(`${pay}/allow/site.path/under`, ["/api"])],
  ["no query", remove(`${pay}/fields/site/query`)],
  ["no relative paths", remove(`${pay}/fields/file/base`)],
  ["shorter texts", set(`${pay}/fields/payee/maxLength`, 39)],
  ["no numbers as texts", remove(`${pay}/fields/count/allowString`)],
  ["an argument that may not be missing", remove(`${pay}/fields/fee/optional`), remove(`${pay}/fields/fee/default`)],
  ["a row less", remove(`${pay}/rows/0/oneOf/2`)],
  ["rows beside others", put(`${pay}/rows/-`, { fields: ["payee", "hotel"], oneOf: [["acme", "Ritz"]] })],
  [
    "values for each column instead of rows",
    remove(`${pay}/rows`),
    put(`${pay}/allow/hotel`, { equals: "Ritz" }),
    put(`${pay}/allow/city`, { oneOf: ["Paris", "London"] }),
  ],
  ["a stricter relation", set(`${pay}/relations/0/op`, "<")],
  ["a relation more", put(`${pay}/relations/-`, { left: "payee", op: "!=", right: "hotel" })],
  ["a higher least", set(`${pay}/perCall/amount/min`, "1.01")],
  ["a lower most", set(`${pay}/perCall/amount/max`, "99.99")],
  ["numbers from a list", remove(`${pay}/perCall/count`), put(`${pay}/allow/count`, { oneOf: [0, 7] })],
  ["an earlier last day", set("/effects/quote/perCall/day/max", "2026-12-30")],
  ["fewer calls in a session", set(`${pay}/session/calls/max`, 9)],
  ["a smaller sum", set(`${pay}/session/amount/max`, "299.99")],
  ["a sum no longer kept apart", remove(`${pay}/session/fee/perField`)],
  ["a sum more", put(`${pay}/session/count`, { max: 30 })],
  ["calls of a month as few as of a day", set("/effects/quote/session/calls/perPeriod", "month")],
  ["calls of the session as few as of a day", set("/effects/quote/session/calls", { max: 20 })],
  ["a lower rate", set(`${pay}/velocity/0/max`, 3)],
  ["a rate over a longer time", set(`${pay}/velocity/0/seconds`, 61)],
  ["a rate more", put(`${pay}/velocity/-`, { max: 9, seconds: 3600 })],
  ["a lower rate by default", set("/defaults/velocity/0/max", 4)],
  ["what came before less long ago", set(`${pay}/after/0/withinSeconds`, 599)],
  ["something more before", put(`${pay}/after/-`, { effect: "pay", withinSeconds: 60 })],
  ["a later opening", set(`${pay}/schedule/windows/0/from`, "09:01")],
  ["a day less", set(`${pay}/schedule/windows/0/days`, ["mon"])],
  ["a date more on which it is closed", put(`${pay}/schedule/except/-`, "2026-03-10")],
  ["more keys", set(`${pay}/approval/keys`, 2)],
  ["fewer roles", set(`${pay}/approval/roles`, ["risk"])],
  ["approval of every call", remove(`${pay}/approval/when`)],
  ["approval of smaller amounts", set(`${pay}/approval/when/amount/min`, "49.99")],
  ["approval under more conditions", put(`${pay}/approval/when/urgent`, { equals: false })],
  ["a justification", put(`${pay}/justification`, "required")],
  ["fresher evidence", set("/evidence/perimeter/maxAgeSeconds", 299)],
  ["evidence for every effect", remove("/evidence/perimeter/effects")],
  ["another evidence", put("/evidence/identity", { maxAgeSeconds: 60 })],
  ["a breaker that trips earlier", set("/breakers/0/when/0/atLeast", "499.9")],
  [
    "a breaker that does not wait for a count",
    set("/breakers/0/when", [{ metric: "realized_loss", atLeast: "500.00" }]),
  ],
  ["a breaker that does more", set("/breakers/0/action", "halt_and_cancel")],
  [
    "a breaker more",
    put("/breakers/-", { id: "denied", when: [{ metric: "denial_streak", atLeast: 3 }], action: "freeze" }),
  ],
  ["a check more", put("/postconditions/-", { id: "flat", check: "no_open_orders", critical: true })],
  ["a critical check", set("/postconditions/0/critical", true)],
  ["no narrative", remove(`${pay}/ignored`)],
  ["no empty argument", remove(`${pay}/absent`)],
  ["a smaller part of it narrative", set(`${pay}/ignored`, ["/comment/text"])],
];

test.each(tighter)("%s", (...row) => {
  const operations = operationsOf(row);
  const changed = envelopeWith(...operations);
  expect(widenings(changed, base)).toEqual([]);
  expect(narrower(base, changed)).toBe(false);
});

/** What is neither: each of the two admits a call that the other does not, or it is not understood which. */
const other: readonly Row[] = [
  ["another agent", set("/principal", "agent:s8")],
  [
    "an effect of another name",
    put("/effects/look", { ...base.effects.quote, tools: ["bank.look"] }),
    remove(pay),
    remove("/evidence"),
  ],
  [
    "an effect that is not external",
    set(`${pay}/external`, false),
    remove(`${pay}/channel`),
    set(`${pay}/session/calls/max`, 1),
  ],
  ["another tool", set(`${pay}/tools/1`, "bank.send")],
  ["another argument", set(`${pay}/fields/payee/from`, "/recipient")],
  ["another type", set(`${pay}/fields/count`, { from: "/count", type: "length" })],
  [
    "another unit",
    set(`${pay}/fields/amount/unit`, "EUR"),
    set("/budgets/spend/unit", "EUR"),
    remove(`${pay}/relations/0`),
  ],
  ["another default", set(`${pay}/fields/fee/default`, "1.00")],
  ["another base", set(`${pay}/fields/file/base`, "/srv/data")],
  ["other narrative", set(`${pay}/ignored`, ["/remark"])],
  ["another empty argument", set(`${pay}/absent`, ["/route"])],
  ["another empty discriminator", set(`${pay}/tools/0/where`, { "/action": ["pay"], "/bulk": { empty: true } })],
  ["a number for its text", set(`${pay}/tools/0/where/~1action`, ["pay", 1])],
  ["another result", set("/effects/quote/results/quote/from", "/ref")],
  ["other values", set("/sets/payees", ["acme", "initech"])],
  ["other hosts", set(`${pay}/allow/hosts/under`, ["a.example", "c.example"])],
  ["a host above", set(`${pay}/allow/hosts/under`, ["example"]), set(`${pay}/allow/hosts/maxItems`, 1)],
  ["no exclusion", remove(`${pay}/allow/hosts/noneUnder`), set(`${pay}/allow/hosts/maxItems`, 1)],
  ["another row", set(`${pay}/rows/0/oneOf/0`, ["Ritz", "Rome"])],
  ["another relation", set(`${pay}/relations/1/left`, "payee")],
  ["a relation turned round", set(`${pay}/relations/0`, { left: "amount", op: "<=", right: "fee" })],
  ["other amounts", set(`${pay}/perCall/amount`, { min: "0.50", max: "50.00" })],
  ["a sum kept apart by something else", set(`${pay}/session/fee/perField`, "hotel")],
  ["days of another zone", set("/effects/quote/session/calls/timezone", "UTC")],
  ["another cost", set(`${pay}/consumes/steps`, 3)],
  ["another field that is spent", set(`${pay}/consumes/spend`, "fee")],
  ["a rate over a shorter time", set(`${pay}/velocity/0`, { max: 3, seconds: 30 })],
  ["hours of another zone", set(`${pay}/schedule/timezone`, "UTC")],
  ["other hours", set(`${pay}/schedule/windows/0`, { days: ["mon"], from: "08:00", until: "12:00" })],
  ["other dates", set(`${pay}/schedule/except`, ["2026-03-10"])],
  ["other roles", set(`${pay}/approval/roles`, ["legal"])],
  ["other conditions", set(`${pay}/approval/when`, { amount: { min: "10.00" }, hotel: { equals: "Savoy" } })],
  [
    "more keys on fewer conditions",
    set(`${pay}/approval`, { keys: 2, roles: ["risk"], when: { amount: { min: "60.00" } } }),
  ],
  ["a metric less", set("/breakers/0/when", [{ metric: "error_streak", atLeast: 2 }])],
  ["another metric", set("/breakers/0/when/0", { metric: "drawdown", atLeast: "500.00" })],
  ["another side of a metric", set("/breakers/0/when/0", { metric: "realized_loss", atMost: "500.00" })],
  ["another check", set("/postconditions/0/check", "no_open_orders")],
];

test.each(other)("%s is neither narrower nor wider", (...row) => {
  const operations = operationsOf(row);
  const changed = envelopeWith(...operations);
  expect(narrower(changed, base)).toBe(false);
  expect(narrower(base, changed)).toBe(false);
});

describe("what says nothing about what is admitted does not count", () => {
  test.each<Row>([
    ["the id", set("/id", "env_other")],
    ["the goal", set("/goal/summary", "Something else")],
    ["the issuer", set("/issuer", "other.example")],
    ["the kill switch's name", set("/killSwitch/signal", "kill/other")],
    ["a reason", set("/forbidden/0", { effect: "withdraw", reason: "never" })],
    ["a set's name", remove("/sets"), set(`${pay}/allow/payee/oneOf`, ["globex", "acme"])],
    [
      "the order of windows",
      set(`${pay}/schedule/windows`, [
        { days: ["tue"], from: "09:00", until: "17:00" },
        { days: ["mon"], from: "09:00", until: "17:00" },
      ]),
    ],
    ["a breaker's name", set("/breakers/0/id", "much_loss")],
    ["an amount's last zero", set("/breakers/0/when/0/atLeast", "500")],
  ])("%s", (...row) => {
    const operations = operationsOf(row);
    const changed = envelopeWith(...operations);
    expect(widenings(changed, base)).toEqual([]);
    expect(widenings(base, changed)).toEqual([]);
  });
});

describe("a bound that the other one's bounds imply need not be written", () => {
  test.each<readonly [string, readonly PatchOperation[], readonly PatchOperation[]]>([
    [
      "approval of amounts that cannot be",
      [set(`${pay}/perCall/amount/max`, "49.99"), set(`${pay}/approval/when`, { hotel: { equals: "Ritz" } })],
      [],
    ],
    [
      "approval of a value that is not listed",
      [set(`${pay}/rows/0/oneOf`, [["Savoy", "London"]]), set(`${pay}/approval/when`, { amount: { min: "50.00" } })],
      [],
    ],
    [
      "at most two elements of a list of two",
      [remove(`${pay}/allow/words/disjointFrom`), set(`${pay}/allow/words/subsetOf`, ["red", "green"])],
      [put(`${pay}/allow/words/maxItems`, 2)],
    ],
    ["a rate over a time of several", [set(`${pay}/velocity/0`, { max: 2, seconds: 30 })], []],
    ["none below, where all lies elsewhere", [set(`${pay}/allow/hosts`, { under: ["b.example"], maxItems: 4 })], []],
    ["equal, so neither more nor less", [set(`${pay}/relations/0/op`, "==")], []],
    [
      "a listed host that is excluded by what it lies under",
      [set(`${pay}/allow/site.host`, { oneOf: ["a.example", "x.b.example"], noneUnder: ["b.example"] })],
      [set(`${pay}/allow/site.host`, { oneOf: ["a.example"] })],
    ],
  ])("%s", (_, operations, wider) => {
    expect(widenings(envelopeWith(...operations), envelopeWith(...wider))).toEqual([]);
  });
});

test("a discriminator's number is not its text", () => {
  const number = envelopeWith(set(`${pay}/tools/0/where/~1action`, ["pay", 1]));
  const text = envelopeWith(set(`${pay}/tools/0/where/~1action`, ["pay", "1"]));
  expect([narrower(number, text), narrower(text, number)]).toEqual([false, false]);
});

test("external calls are compared of the effects that make them", () => {
  const only = put("/forbidden/-", { effect: "quote" });
  const fewer = envelopeWith(only, set("/budgets/externalCalls/max", 29));
  expect(widenings(envelopeWith(only), fewer).map(({ pointer }) => pointer)).toEqual(["/budgets/externalCalls/max"]);
});

test("what makes it wider is told by its place", () => {
  const wider = envelopeWith(set(`${pay}/perCall/amount/max`, "100.01"), set("/budgets/actions/max", 51));
  expect(widenings(wider, base).map(({ pointer }) => pointer)).toEqual([
    "/budgets/actions/max",
    `${pay}/perCall/amount/max`,
  ]);
});

test("a window is wider than the base mode also where it grants nothing external", () => {
  const nothing = [remove(pay), remove("/evidence")];
  const window = envelopeWith(...nothing);
  expect(widenings(window, envelopeWith(...nothing, set("/mode", "base"))).map(({ pointer }) => pointer)).toEqual([
    "/mode",
  ]);
});

test("a period that has no name at some time of the other one is no wider", () => {
  const until = set("/validity/expiresAt", "2600-01-01T00:00:00Z");
  const session = set("/effects/quote/session/calls", { max: 20 });
  expect(narrower(envelopeWith(until, session), envelopeWith(until))).toBe(false);
});
