import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { put, summary } from "../reading/envelopes.ts";
import { field, judge, url } from "./table.ts";

/** One envelope with most members of the language, as the specification shows them. */
const trading = {
  ambit: "1",
  id: "env_mnq_intraday_20240215_a3f9",
  goal: { summary: "Run strategy S-7 on MNQ", taskType: "trading" },
  issuer: "authz.example",
  principal: "agent:s7",
  template: { id: "trading/intraday_futures", version: "2.1.0", sha256: "a".repeat(64) },
  parent: { id: "env_parent", sha256: "b".repeat(64) },
  mode: "window",
  validity: { notBefore: "2024-02-15T14:30:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 23400 },
  capabilities: ["NET_ACCESS", "FINANCIAL_ACTIONS"],
  budgets: { actions: { max: 500 }, externalCalls: { max: 300 }, spend: { max: "500.00", unit: "USD" } },
  sets: { symbols: ["MNQ"] },
  defaults: { velocity: [{ max: 5, seconds: 60 }] },
  effects: {
    place_order: {
      tools: ["broker.place_order"],
      external: true,
      channel: "execute",
      tags: ["moves_funds"],
      requires: ["NET_ACCESS", "FINANCIAL_ACTIONS"],
      fields: {
        symbol: { from: "/symbol", type: "string" },
        side: { from: "/side", type: "string" },
        qty: { from: "/quantity", type: "integer", unit: "contract" },
        fee: { from: "/fee", type: "decimal", scale: 2, unit: "USD", optional: true, default: "0.00" },
      },
      ignored: ["/comment"],
      absent: ["/routing_override"],
      results: { order: { from: "/order_id", type: "string" } },
      allow: { symbol: { oneOf: { set: "symbols" } }, side: { oneOf: ["buy", "sell"] } },
      perCall: { qty: { min: 1, max: 2 }, fee: { max: "5.00" } },
      session: { calls: { max: 200 }, qty: { max: 40 } },
      velocity: [{ max: 5, seconds: 60 }],
      consumes: { spend: "fee" },
      schedule: {
        timezone: "America/New_York",
        windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:30", until: "16:00" }],
      },
      approval: { keys: 1, roles: ["risk"], when: { qty: { min: 2 } } },
      justification: "none",
    },
    cancel_order: {
      tools: ["broker.cancel_order"],
      external: true,
      channel: "execute",
      requires: ["NET_ACCESS"],
      fields: { order: { from: "/order_id", type: "string" } },
      allow: { order: { producedBy: "place_order/order" } },
      session: { calls: { max: 200 } },
    },
  },
  forbidden: [
    { effect: "withdraw_funds", reason: "no agent moves money out" },
    { tag: "irreversible" },
    { tool: "broker.change_api_keys" },
  ],
  evidence: { perimeter: { maxAgeSeconds: 300 } },
  breakers: [{ id: "daily_loss", when: [{ metric: "realized_loss", atLeast: "500.00" }], action: "halt_and_cancel" }],
  recovery: "manual_only",
  killSwitch: { signal: "kill/env_mnq_intraday_20240215_a3f9" },
  postconditions: [{ id: "flat_at_close", check: "no_open_positions_at_session_end", critical: true }],
};

describe("the envelope of the specification", () => {
  const { diagnostics, envelope } = readEnvelope(JSON.stringify(trading));

  test("is accepted", () => {
    expect(envelope).toBeDefined();
  });

  test("gives three notes about keys, and warns that its forbidden names and its parent cannot be checked", () => {
    expect([...summary(diagnostics)].sort()).toEqual([
      "fires/never_fires /parent",
      "fires/two_keys /capabilities",
      "fires/two_keys /effects/cancel_order/channel",
      "fires/two_keys /effects/place_order/channel",
      "ref/catalogue_unchecked /forbidden",
    ]);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

const pay = "/effects/pay";
const digest = `sha256:${"0".repeat(64)}`;
const localTime = { type: "datetime", format: ["YYYY-MM-DD HH:MM", "YYYY-MM-DDTHH:MM:SS"], timezone: "Europe/Berlin" };

judge("every type with every bound that fits it", [
  {
    given: "string",
    change: field(
      "x",
      { type: "string", maxLength: 9, multiline: true },
      { allow: { oneOf: ["a\nb"], noneOf: ["c"], equals: "a\nb" } },
    ),
    want: [],
  },
  { given: "boolean", change: field("x", { type: "boolean" }, { allow: { equals: false } }), want: [] },
  {
    given: "integer",
    change: field(
      "x",
      { type: "integer", allowString: true },
      { allow: { oneOf: [-1, 0, 1] }, perCall: { min: -1, max: 1 }, session: { max: 5 } },
    ),
    want: [],
  },
  {
    given: "decimal",
    change: field(
      "x",
      { type: "decimal", scale: 0 },
      { allow: { oneOf: ["1", "2"] }, perCall: { max: "2" }, session: { max: "5" } },
    ),
    want: [],
  },
  {
    given: "length",
    change: field("x", { type: "length", unit: "char" }, { perCall: { max: 5 }, session: { max: 5 } }),
    want: [],
  },
  {
    given: "span",
    change: field(
      "x",
      { ...localTime, type: "span", until: "/end" },
      { perCall: { max: 3600 }, session: { max: 7200 } },
    ),
    want: [],
  },
  {
    given: "date",
    change: field(
      "x",
      { type: "date", format: "YYYY-MM-DD" },
      { allow: { oneOf: ["2024-03-01"] }, perCall: { min: "2024-01-01", max: "2024-12-31" } },
    ),
    want: [],
  },
  {
    given: "datetime",
    change: field("x", localTime, { perCall: { min: "2024-01-01 00:00", max: "2024-12-31T23:59:59" } }),
    want: [],
  },
  {
    given: "timestamp",
    change: field("x", { type: "timestamp" }, { perCall: { max: "2024-12-31T23:59:59+01:00" } }),
    want: [],
  },
  {
    given: "host",
    change: field(
      "x",
      { type: "host" },
      { allow: { oneOf: ["a.example", "xn--bcher-kva.example"], under: ["example"], noneUnder: ["b.example"] } },
    ),
    want: [],
  },
  {
    given: "email",
    change: field(
      "x",
      { type: "email" },
      { allow: { oneOf: ["Ann.B@a.example"], under: ["example"], noneUnder: ["b.example"] } },
    ),
    want: [],
  },
  {
    given: "path",
    change: field(
      "x",
      { type: "path", base: "/srv" },
      { allow: { oneOf: ["/srv/a"], under: ["/srv", "/"], noneUnder: ["/srv/secret"] } },
    ),
    want: [],
  },
  {
    given: "ip",
    change: field(
      "x",
      { type: "ip" },
      {
        allow: { oneOf: ["10.0.0.1", "2001:db8::1"], under: ["10.0.0.0/8", "2001:db8::/32"], noneUnder: ["10.0.0.2"] },
      },
    ),
    want: [],
  },
  {
    given: "cidr",
    change: field(
      "x",
      { type: "cidr" },
      { allow: { oneOf: ["10.1.0.0/16"], under: ["10.0.0.0/8"], noneUnder: ["10.2.0.0/16"] } },
    ),
    want: [],
  },
  { given: "digest", change: field("x", { type: "digest" }, { allow: { oneOf: [digest] } }), want: [] },
  {
    given: "url",
    change: url(
      "x",
      { host: { under: ["example"], noneUnder: ["evil.example"] }, path: { oneOf: ["/", "/v1"] } },
      { query: "ignored", fragment: "ignored" },
    ),
    want: [],
  },
  {
    given: "set of string",
    change: field(
      "x",
      { type: "set", of: "string", unique: true },
      { allow: { subsetOf: ["a", "b"], disjointFrom: ["c"], minItems: 1, maxItems: 2 } },
    ),
    want: [],
  },
  {
    given: "set of integer",
    change: field("x", { type: "set", of: "integer", limit: 5 }, { allow: { subsetOf: [1, 2] } }),
    want: [],
  },
  {
    given: "set of path",
    change: field(
      "x",
      { type: "set", of: "path", base: "/srv" },
      { allow: { under: ["/srv"], noneUnder: ["/srv/secret"] } },
    ),
    want: [],
  },
  {
    given: "each",
    change: [
      put(`${pay}/fields/x`, { from: "/x/*", type: "decimal", scale: 2, aggregate: "each" }),
      put(`${pay}/perCall/x`, { min: "0.01", max: "5.00" }),
    ],
    want: [],
  },
  {
    given: "product",
    change: [
      put(`${pay}/fields/x`, { type: "product", of: ["amount", "amount"], scale: 4, unit: "USD2" }),
      put(`${pay}/perCall/x`, { max: "1.0000" }),
      put(`${pay}/session/x`, { max: "5.0000" }),
    ],
    want: [],
  },
]);
