/** An envelope whose types have one of everything. */
import type { Envelope } from "../../schema/envelope.ts";

const common = { external: false, session: { calls: { max: 9 } } } as const;

export const desk: Envelope = {
  ambit: "1",
  id: "env_desk",
  goal: { summary: "types" },
  issuer: "authz.example",
  principal: "agent:s7",
  mode: "window",
  validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 3600 },
  capabilities: ["NET_ACCESS"],
  budgets: { actions: { max: 9 }, externalCalls: { max: 9 } },
  sets: { symbols: ["MNQ", "ES"] },
  defaults: { velocity: [{ max: 5, seconds: 60 }] },
  effects: {
    place_order: {
      ...common,
      tools: ["broker.place_order", "broker.order"],
      fields: {
        symbol: { type: "string", from: "/symbol" },
        lots: { type: "integer", from: "/lots", allowString: true },
        price: { type: "decimal", from: "/terms/price", scale: 2, unit: "USD" },
        value: { type: "product", of: ["price", "lots"], scale: 2, unit: "USD" },
        fee: { type: "decimal", from: "/fee", scale: 2, optional: true, default: "0.00" },
        day: { type: "date", from: "/day" },
        dry: { type: "boolean", from: "/dry" },
      },
      ignored: ["/comment"],
      absent: ["/routing"],
      results: {
        order: { type: "string", from: "/order/id" },
        filled: { type: "integer", from: "/filled" },
      },
      allow: {
        symbol: { oneOf: { set: "symbols" } },
        lots: { oneOf: [1, 2, -3] },
        day: { oneOf: ["2024-02-15"] },
        dry: { equals: true },
      },
      perCall: { price: { max: "10.00" }, value: { max: "20.00" }, fee: { max: "5.00" } },
    },
    pay: {
      ...common,
      tools: ["bank.pay"],
      fields: {
        total: { type: "decimal", from: "/payments/*/amount", aggregate: "sum", scale: 2 },
        each: { type: "decimal", from: "/payments/*/amount", aggregate: "each", scale: 2 },
        lots: { type: "integer", from: "/payments/*/lots", aggregate: "sum" },
        payees: { type: "set", of: "string", from: "/payments/*/to" },
        tags: { type: "set", of: "string", from: "/tags" },
        cc: { type: "set", of: "email", from: "/cc" },
        body: { type: "digest", from: "/body" },
      },
      ignored: ["/payments/*/memo"],
      allow: {
        lots: { oneOf: [4] },
        payees: { subsetOf: ["a", "b"], disjointFrom: ["b"] },
        tags: { maxItems: 3 },
        cc: { under: ["example.com"] },
        body: { oneOf: [`sha256:${"0".repeat(64)}`] },
      },
      perCall: { total: { max: "1.00" }, each: { max: "1.00" } },
    },
    fetch: {
      ...common,
      tools: [
        { tool: "http.request", where: { "/method": ["GET", "HEAD"], "/body": { empty: true } } },
        { tool: "http.get", where: { "/version": [2] } },
      ],
      fields: { site: { type: "url", from: "/url" }, note: { type: "length", from: "/note" } },
      allow: {
        "site.scheme": { equals: "https" },
        "site.host": { oneOf: ["a.example"] },
        "site.port": { oneOf: [443] },
        "site.path": { under: ["/"] },
      },
      perCall: { note: { max: 9 } },
    },
    stop: { ...common, tools: ["desk.stop"], fields: {} },
    shut: { ...common, tools: ["desk.shut"], tags: ["irreversible"], fields: {} },
    flagged: { ...common, tools: ["desk.flagged"], requires: ["ACCOUNT_ACCESS"], fields: {} },
    keyed: { ...common, tools: ["broker.change_api_keys"], fields: {} },
    delete: { ...common, tools: ["desk.delete", "broker.change_api_keys"], fields: {} },
  },
  forbidden: [
    { effect: "withdraw_funds", reason: "never" },
    { tag: "irreversible" },
    { tool: "broker.change_api_keys" },
  ],
  recovery: "manual_only",
  killSwitch: { signal: "kill/desk" },
};
