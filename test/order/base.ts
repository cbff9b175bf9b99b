/** An envelope that writes every kind of bound, and changes to it. */
import { applyPatch } from "../../compiler/diagnostics/patch.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import type { Envelope } from "../../schema/envelope.ts";

const source = {
  ambit: "1",
  id: "env_order",
  goal: { summary: "Whatever can be bounded" },
  issuer: "authz.example",
  principal: "agent:s7",
  mode: "window",
  validity: { notBefore: "2026-02-15T00:00:00Z", expiresAt: "2026-03-15T00:00:00Z", maxDurationSeconds: 3600 },
  capabilities: ["NET_ACCESS", "FINANCIAL_ACTIONS"],
  budgets: {
    actions: { max: 50 },
    externalCalls: { max: 30 },
    spend: { max: "500.00", unit: "USD" },
    steps: { max: 9 },
  },
  sets: { payees: ["acme", "globex"] },
  defaults: { velocity: [{ max: 5, seconds: 60 }] },
  effects: {
    quote: {
      tools: ["bank.quote"],
      external: false,
      fields: { day: { from: "/day", type: "date" } },
      perCall: { day: { min: "2026-01-01", max: "2026-12-31" } },
      results: { quote: { from: "/id", type: "string" } },
      session: { calls: { max: 20, perPeriod: "day", timezone: "Europe/Berlin" } },
    },
    pay: {
      tools: [{ tool: "bank.act", where: { "/action": ["pay", "pay_now"], "/batch": { empty: true } } }, "bank.pay"],
      external: true,
      channel: "execute",
      tags: ["moves_funds"],
      requires: ["NET_ACCESS"],
      fields: {
        payee: { from: "/payee", type: "string", maxLength: 40 },
        amount: { from: "/amount", type: "decimal", scale: 2, unit: "USD" },
        fee: { from: "/fee", type: "decimal", scale: 2, unit: "USD", optional: true, default: "0.00" },
        count: { from: "/count", type: "integer", allowString: true },
        hosts: { from: "/hosts", type: "set", of: "host" },
        words: { from: "/words", type: "set", of: "string" },
        file: { from: "/file", type: "path", base: "/srv" },
        site: { from: "/site", type: "url", query: "ignored" },
        quote: { from: "/quote", type: "string" },
        hotel: { from: "/hotel", type: "string" },
        city: { from: "/city", type: "string" },
        source: { from: "/source", type: "string" },
        target: { from: "/target", type: "string" },
        urgent: { from: "/urgent", type: "boolean" },
      },
      ignored: ["/comment"],
      absent: ["/override"],
      allow: {
        payee: { oneOf: { set: "payees" } },
        hosts: { under: ["a.example", "b.example"], noneUnder: ["x.a.example"], maxItems: 4 },
        words: { subsetOf: ["red", "green", "blue"], disjointFrom: ["blue"] },
        file: { under: ["/srv/data"], noneUnder: ["/srv/data/secret"] },
        "site.scheme": { oneOf: ["http", "https"] },
        "site.host": { oneOf: ["a.example", "b.example"] },
        "site.port": { oneOf: [80, 443] },
        "site.path": { under: ["/"] },
        quote: { producedBy: "quote/quote" },
        source: { noneOf: ["vault", "till"] },
        target: { noneOf: ["vault"] },
        urgent: { equals: false },
      },
      rows: [
        {
          fields: ["hotel", "city"],
          oneOf: [
            ["Ritz", "Paris"],
            ["Ritz", "London"],
            ["Savoy", "London"],
          ],
        },
      ],
      relations: [
        { left: "fee", op: "<=", right: "amount" },
        { left: "source", op: "!=", right: "target" },
      ],
      perCall: { amount: { min: "1.00", max: "100.00" }, fee: { max: "5.00" }, count: { max: 7 } },
      session: { calls: { max: 10 }, amount: { max: "300.00" }, fee: { max: "20.00", perField: "payee" } },
      velocity: [{ max: 4, seconds: 60 }],
      consumes: { spend: "amount", steps: 2 },
      after: [{ effect: "quote", withinSeconds: 600 }],
      schedule: {
        timezone: "Europe/Berlin",
        windows: [{ days: ["mon", "tue"], from: "09:00", until: "17:00" }],
        except: ["2026-03-03"],
      },
      approval: { keys: 1, roles: ["risk", "ops"], when: { amount: { min: "50.00" }, hotel: { equals: "Ritz" } } },
    },
  },
  forbidden: [{ effect: "withdraw" }],
  evidence: { perimeter: { maxAgeSeconds: 300, effects: ["pay"] } },
  breakers: [
    {
      id: "loss",
      when: [
        { metric: "realized_loss", atLeast: "500.00" },
        { metric: "error_streak", atLeast: 2 },
      ],
      action: "halt",
    },
  ],
  recovery: "manual_only",
  killSwitch: { signal: "kill/env_order" },
  postconditions: [{ id: "settled", check: "no_unsettled_effects", critical: false }],
};

/** The envelope with the changes; throws where they break it. */
export function envelopeWith(...operations: readonly PatchOperation[]): Envelope {
  const { envelope, diagnostics } = readEnvelope(JSON.stringify(applyPatch(source, operations)));
  if (envelope !== undefined) return envelope;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  throw new Error(errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("\n"));
}
