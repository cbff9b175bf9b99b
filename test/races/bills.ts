/** An envelope with one budget that all draw on, and the bills to be paid from it: the same for a name in every run. */
import { createHash } from "node:crypto";

export const tool = "bank.pay";
export const budget = "budgets/spend";
export const caller = { principal: "agent:s7" };
/** When the sessions are activated, and where the workers' clocks begin. */
export const start = Date.UTC(2024, 1, 15, 15);

const many = 1_000_000;
const mostCents = 500;

/** @param cents of all payments together */
export function envelopeWith(cents: number): string {
  return JSON.stringify({
    ambit: "1",
    id: "env_races_1",
    goal: { summary: "Pay many small bills from one budget", taskType: "payment" },
    issuer: "authz.example",
    principal: caller.principal,
    mode: "window",
    validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 21600 },
    capabilities: ["FINANCIAL_ACTIONS"],
    budgets: { actions: { max: many }, externalCalls: { max: many }, spend: { max: dollars(cents), unit: "USD" } },
    effects: {
      pay: {
        tools: [tool],
        external: true,
        channel: "execute",
        requires: ["FINANCIAL_ACTIONS"],
        fields: { amount: { from: "/amount", type: "decimal", scale: 2, unit: "USD" } },
        ignored: ["/bill"],
        results: { payment: { from: "/id", type: "string" } },
        perCall: { amount: { max: dollars(mostCents) } },
        session: { calls: { max: many } },
        velocity: [{ max: many, seconds: 60 }],
        consumes: { spend: "amount" },
      },
    },
    forbidden: [],
    recovery: "manual_only",
    killSwitch: { signal: "kill/env_races_1" },
  });
}

/** How a payment ends: as it was asked for, for less and with a receipt, or in a way that nobody knows. */
export type Ending = "in full" | "for less" | "unknown";

export interface Bill {
  readonly name: string;
  readonly cents: number;
  /** What is paid in the end; what is not known counts in full. */
  readonly paid: number;
  readonly ending: Ending;
}

/** @param name whose hash makes up everything else */
export function billOf(name: string): Bill {
  const bytes = createHash("sha256").update(name).digest();
  const cents = 100 + (bytes.readUInt16BE(0) % (mostCents - 99));
  const dice = bytes.readUInt8(2) % 10;
  const ending = dice === 0 ? "unknown" : dice < 4 ? "for less" : "in full";
  return { name, cents, ending, paid: ending === "for less" ? bytes.readUInt16BE(3) % cents : cents };
}

/** A bill that every worker asks for. */
export function everyones(round: number): string {
  return `all-${round}`;
}

export function isEveryones(name: string): boolean {
  return name.startsWith("all-");
}

/** @param id under which the session knows the proposal, so that it may come again */
export function proposalOf({ name, cents }: Bill, id?: string): string {
  const args = { amount: dollars(cents), bill: name };
  return JSON.stringify(id === undefined ? { tool, args } : { tool, args, id });
}

export function billIn(args: unknown): Bill {
  if (typeof args !== "object" || args === null || !("bill" in args) || typeof args.bill !== "string")
    throw new Error("the tool was given another bill");
  return billOf(args.bill);
}

function dollars(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}
