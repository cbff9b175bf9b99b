/** A small envelope without any error or warning: the examples of the catalogue are changes to it. */
export const exampleEnvelope = {
  ambit: "1",
  id: "env_example",
  goal: { summary: "Pay the invoices of March" },
  issuer: "authz.example",
  principal: "agent:clerk",
  mode: "window",
  validity: { notBefore: "2024-03-01T08:00:00Z", expiresAt: "2024-03-01T18:00:00Z", maxDurationSeconds: 36000 },
  capabilities: ["NET_ACCESS", "FINANCIAL_ACTIONS"],
  budgets: { actions: { max: 20 }, externalCalls: { max: 10 }, spend: { max: "500.00", unit: "USD" } },
  effects: {
    pay: {
      tools: ["bank.pay"],
      external: true,
      channel: "propose",
      requires: ["NET_ACCESS", "FINANCIAL_ACTIONS"],
      fields: {
        payee: { from: "/payee", type: "string" },
        amount: { from: "/amount", type: "decimal", scale: 2, unit: "USD" },
      },
      ignored: ["/memo"],
      results: { payment: { from: "/payment_id", type: "string" } },
      allow: { payee: { oneOf: ["acme", "globex"] } },
      perCall: { amount: { max: "100.00" } },
      session: { calls: { max: 5 }, amount: { max: "300.00" } },
      velocity: [{ max: 2, seconds: 60 }],
      consumes: { spend: "amount" },
    },
    list_payments: {
      tools: ["bank.list"],
      external: false,
      fields: { count: { from: "/count", type: "integer" } },
      perCall: { count: { min: 1, max: 50 } },
      session: { calls: { max: 10 } },
      velocity: [{ max: 5, seconds: 60 }],
    },
  },
  forbidden: [],
  recovery: "manual_only",
  killSwitch: { signal: "kill/env_example" },
} as const;

const { principal: _, issuer: __, killSwitch: ___, ...open } = exampleEnvelope;

/** A small template without any finding, for what only templates can have wrong. */
export const exampleTemplate = {
  ...open,
  kind: "template",
  id: "office/payments",
  version: "1.0.0",
  catalogue: {
    effects: ["pay", "list_payments", "withdraw"],
    tools: ["bank.pay", "bank.list"],
    tags: ["irreversible"],
  },
  autoApprove: [{ budgets: { spend: { atMost: "100.00" } }, maxDurationSeconds: { atMost: 3600 } }],
  requireHuman: [{ capabilities: { anyOf: ["ACCOUNT_ACCESS"] } }],
} as const;
