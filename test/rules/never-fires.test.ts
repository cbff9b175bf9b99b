import { expect, test } from "vitest";
import { diagnose, put, remove, set } from "../reading/envelopes.ts";
import { field, judge, url } from "./table.ts";

const pay = "/effects/pay";
const list = "/effects/list_payments";

judge("an effect that its envelope cannot grant is dead", [
  {
    given: "a flag that is not granted",
    change: [remove("/capabilities/1")],
    want: [`fires/never_fires ${pay}/requires/1`],
  },
  { given: "base mode", change: [set("/mode", "base")], want: [`fires/never_fires ${pay}/external`] },
  {
    given: "forbidden by name",
    change: [put("/forbidden/-", { effect: "pay" })],
    want: ["fires/never_fires /forbidden/0", "ref/catalogue_unchecked /forbidden"],
  },
  {
    given: "forbidden by tag",
    change: [put(`${pay}/tags`, ["moves_funds"]), put("/forbidden/-", { tag: "moves_funds" })],
    want: ["fires/never_fires /forbidden/0", "ref/catalogue_unchecked /forbidden"],
  },
  {
    given: "forbidden by tool",
    change: [put("/forbidden/-", { tool: "bank.pay" })],
    want: ["fires/never_fires /forbidden/0", "ref/catalogue_unchecked /forbidden"],
  },
  {
    given: "what is not granted is forbidden",
    change: [put("/forbidden/-", { effect: "withdraw" })],
    want: ["ref/catalogue_unchecked /forbidden"],
  },
]);

judge("an envelope that nobody can activate", [
  {
    given: "it names a parent",
    change: [put("/parent", { id: "env_parent", sha256: "b".repeat(64) })],
    want: ["fires/never_fires /parent"],
  },
]);

test("the message names the cause and says that the effect is dead", () => {
  const [found] = diagnose(remove("/capabilities/1"));
  expect(found?.message).toContain("`FINANCIAL_ACTIONS` is not among `/capabilities`");
  expect(found?.message).toContain("the effect `pay` is dead");
  expect(found?.severity).toBe("warning");
});

test("a forbidden tool among others leaves the effect alive", () => {
  const [found] = diagnose(put(`${pay}/tools/-`, "bank.send"), put("/forbidden/-", { tool: "bank.pay" })).filter(
    ({ code }) => code === "fires/never_fires",
  );
  expect(found?.message).not.toContain("dead");
});

judge("bounds that no value satisfies", [
  {
    given: "oneOf and noneOf",
    change: [put(`${pay}/allow/payee/noneOf`, ["acme", "globex"])],
    want: [`fires/never_fires ${pay}/allow/payee`],
  },
  { given: "oneOf and noneOf that leave one", change: [put(`${pay}/allow/payee/noneOf`, ["acme"])], want: [] },
  {
    given: "oneOf and equals",
    change: [put(`${pay}/allow/payee/equals`, "initech")],
    want: [`fires/never_fires ${pay}/allow/payee`],
  },
  {
    given: "oneOf and under",
    change: field("h", { type: "host" }, { allow: { oneOf: ["a.example"], under: ["b.example"] } }),
    want: [`fires/never_fires ${pay}/allow/h`],
  },
  {
    given: "under and noneUnder above it",
    change: field("h", { type: "host" }, { allow: { under: ["a.b.example"], noneUnder: ["b.example"] } }),
    want: [`fires/never_fires ${pay}/allow/h`],
  },
  {
    given: "under and noneUnder below it",
    change: field("h", { type: "host" }, { allow: { under: ["b.example"], noneUnder: ["a.b.example"] } }),
    want: [],
  },
  {
    given: "oneOf outside the cap",
    change: field("n", { type: "integer" }, { allow: { oneOf: [5, 6] }, perCall: { max: 4 } }),
    want: [`fires/never_fires ${pay}/allow/n`],
  },
  {
    given: "oneOf at the cap",
    change: field("n", { type: "integer" }, { allow: { oneOf: [5, 6] }, perCall: { max: 5 } }),
    want: [],
  },
  {
    given: "values longer than maxLength",
    change: field("s", { type: "string", maxLength: 2 }, { allow: { oneOf: ["abc"] } }),
    want: [`fires/never_fires ${pay}/allow/s`],
  },
  {
    given: "maxItems below the implied minItems",
    change: field("s", { type: "set", of: "string" }, { allow: { subsetOf: ["a"], maxItems: 0 } }),
    want: [`fires/never_fires ${pay}/allow/s`],
  },
  {
    given: "minItems above maxItems, which is an error of its own",
    change: field(
      "s",
      { type: "set", of: "string" },
      { allow: { subsetOf: ["a", "b", "c"], minItems: 2, maxItems: 1 } },
    ),
    want: [`num/min_above_max ${pay}/allow/s/minItems`],
  },
  {
    given: "minItems above limit",
    change: field("s", { type: "set", of: "string", limit: 2 }, { allow: { subsetOf: ["a", "b", "c"], minItems: 3 } }),
    want: [`fires/never_fires ${pay}/allow/s`],
  },
  {
    given: "fewer elements to choose from than minItems",
    change: field("s", { type: "set", of: "string" }, { allow: { subsetOf: ["a"], minItems: 2 } }),
    want: [`fires/never_fires ${pay}/allow/s`],
  },
  {
    given: "subsetOf and disjointFrom",
    change: field("s", { type: "set", of: "string" }, { allow: { subsetOf: ["a"], disjointFrom: ["a"] } }),
    want: [`fires/never_fires ${pay}/allow/s`],
  },
  {
    given: "the empty set, admitted",
    change: field("s", { type: "set", of: "string" }, { allow: { subsetOf: ["a"], disjointFrom: ["a"], minItems: 0 } }),
    want: [],
  },
  {
    given: "a part of a url",
    change: url("u", { host: { oneOf: ["a.example"], under: ["b.example"] } }),
    want: [`fires/never_fires ${pay}/allow/u.host`],
  },
  {
    given: "rows outside the allowlist",
    change: [put(`${pay}/rows`, [{ fields: ["payee"], oneOf: [["initech"]] }])],
    want: [`fires/never_fires ${pay}/rows/0`],
  },
]);

judge("limits that the first call exceeds", [
  {
    given: "no calls",
    change: [set(`${pay}/session/calls/max`, 0)],
    want: [`fires/never_fires ${pay}/session/calls/max`],
  },
  {
    given: "no velocity",
    change: [set(`${pay}/velocity/0/max`, 0)],
    want: [`fires/never_fires ${pay}/velocity/0/max`],
  },
  {
    given: "no velocity by default",
    change: [remove(`${pay}/velocity`), put("/defaults", { velocity: [{ max: 0, seconds: 60 }] })],
    want: ["fires/never_fires /defaults/velocity/0/max"],
  },
  { given: "no actions", change: [set("/budgets/actions/max", 0)], want: ["fires/never_fires /budgets/actions/max"] },
  {
    given: "no external calls",
    change: [set("/budgets/externalCalls/max", 0)],
    want: ["fires/never_fires /budgets/externalCalls/max"],
  },
  {
    given: "a session below the least of a call",
    change: [put(`${pay}/perCall/amount/min`, "50.00"), set(`${pay}/session/amount/max`, "49.99")],
    want: [`fires/never_fires ${pay}/session/amount/max`],
  },
  {
    given: "a session at the least of a call",
    change: [put(`${pay}/perCall/amount/min`, "50.00"), set(`${pay}/session/amount/max`, "50.00")],
    want: [],
  },
  {
    given: "a meter below the least of a call",
    change: [put(`${pay}/perCall/amount/min`, "50.00"), set("/budgets/spend/max", "49.99")],
    want: [`fires/never_fires ${pay}/consumes/spend`],
  },
  {
    given: "a meter below a constant cost",
    change: [put("/budgets/transfers", { max: 1 }), put(`${pay}/consumes/transfers`, 2)],
    want: [`fires/never_fires ${pay}/consumes/transfers`],
  },
  { given: "amounts of 0 at an exhausted budget", change: [set("/budgets/spend/max", "0.00")], want: [] },
]);

judge("effects that wait for themselves", [
  {
    given: "after itself",
    change: [put(`${pay}/after`, [{ effect: "pay", withinSeconds: 60 }])],
    want: [`fires/never_fires ${pay}/after/0`],
  },
  {
    given: "after each other",
    change: [
      put(`${pay}/after`, [{ effect: "list_payments", withinSeconds: 60 }]),
      put(`${list}/after`, [{ effect: "pay", withinSeconds: 60 }]),
    ],
    want: [`fires/never_fires ${pay}/after/0`, `fires/never_fires ${list}/after/0`],
  },
  { given: "after another", change: [put(`${pay}/after`, [{ effect: "list_payments", withinSeconds: 60 }])], want: [] },
  {
    given: "only its own results",
    change: [put(`${pay}/allow/payee/producedBy`, "pay/payment")],
    want: [`fires/never_fires ${pay}/allow/payee/producedBy`],
  },
  {
    given: "its own results, or none",
    change: field("s", { type: "set", of: "string" }, { allow: { producedBy: "pay/payment", minItems: 0 } }),
    want: [],
  },
]);

judge("a relation of a field with itself", [
  {
    given: "!=",
    change: [put(`${pay}/relations`, [{ left: "amount", op: "!=", right: "amount" }])],
    want: [`fires/never_fires ${pay}/relations/0`],
  },
  {
    given: "<=, which denies nothing",
    change: [put(`${pay}/relations`, [{ left: "amount", op: "<=", right: "amount" }])],
    want: [`fires/never_fires ${pay}/relations/0`],
  },
]);

const breaker = (...when: readonly object[]) => put("/breakers", [{ id: "stop", when, action: "halt" }]);

judge("a breaker that no value trips", [
  {
    given: "at least more than at most",
    change: [breaker({ metric: "error_streak", atLeast: 5 }, { metric: "error_streak", atMost: 4 })],
    want: ["fires/never_fires /breakers/0/when"],
  },
  {
    given: "decimals of two scales",
    change: [breaker({ metric: "drawdown", atMost: "4.9" }, { metric: "drawdown", atLeast: "4.95" })],
    want: ["fires/never_fires /breakers/0/when"],
  },
  {
    given: "more holds than decisions that are looked at",
    change: [breaker({ metric: "drawdown", atLeast: "5" }, { metric: "hold_rate", atLeast: 101 })],
    want: ["fires/never_fires /breakers/0/when/1"],
  },
  {
    given: "a count below zero",
    change: [breaker({ metric: "denial_streak", atMost: -1 })],
    want: ["fires/never_fires /breakers/0/when/0"],
  },
  {
    given: "every hold, one number of errors, a loss below zero, one drawdown",
    change: [
      breaker(
        { metric: "hold_rate", atLeast: 100 },
        { metric: "error_streak", atLeast: 5 },
        { metric: "error_streak", atMost: 5 },
        { metric: "realized_loss", atMost: "-1.00" },
        { metric: "drawdown", atLeast: "4.90" },
        { metric: "drawdown", atMost: "4.9" },
      ),
    ],
    want: [],
  },
]);
