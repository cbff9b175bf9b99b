/** Envelopes of a given number of bounds, and calls that are allowed and denied under them. */
import { readFileSync } from "node:fs";
import { compile } from "../../compiler/compile.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import type { Facts } from "../../runtime/facts.ts";
import type { Host } from "../../runtime/load.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import type { Artefacts } from "../../schema/artefacts.ts";

/** Bounds of an effect with one field and nothing else: eight common rows, allow, calls, actions and velocity. */
const leastBounds = 12;
export const now = Date.parse("2026-01-01T12:00:00Z");

/** @param bounds at least 12: each one more is a per-call cap on a field of its own */
export function envelopeOf(bounds: number, name = "bench"): Uint8Array {
  const amounts = Array.from({ length: bounds - leastBounds }, (_, i) => `amount${i}`);
  return new TextEncoder().encode(
    JSON.stringify({
      ambit: "1",
      id: name,
      goal: { summary: "a measurement" },
      issuer: "bench",
      principal: "agent:bench",
      mode: "window",
      validity: { notBefore: "2026-01-01T00:00:00Z", expiresAt: "2026-01-02T00:00:00Z", maxDurationSeconds: 86400 },
      capabilities: [],
      budgets: { actions: { max: 1_000_000 } },
      effects: {
        pay: {
          tools: ["pay"],
          external: false,
          fields: {
            payee: { from: "/payee", type: "string" },
            ...Object.fromEntries(amounts.map((key) => [key, { from: `/${key}`, type: "integer" }])),
          },
          allow: { payee: { oneOf: ["alice", "bob"] } },
          perCall: Object.fromEntries(amounts.map((key) => [key, { max: 100 }])),
          session: { calls: { max: 1_000_000 } },
          velocity: [{ max: 1_000_000, seconds: 60 }],
        },
      },
      forbidden: [],
      recovery: "manual_only",
      killSwitch: { signal: "kill/bench" },
    }),
  );
}

/** @param amount within the cap up to 100 */
export function callOf(bounds: number, amount: number): string {
  const amounts = Array.from({ length: bounds - leastBounds }, (_, i) => [`amount${i}`, amount]);
  return JSON.stringify({ tool: "pay", args: { payee: "alice", ...Object.fromEntries(amounts) } });
}

export function artefactsOf(bounds: number, name?: string): Artefacts {
  const { artefacts, diagnostics } = compile(envelopeOf(bounds, name));
  if (artefacts === undefined) throw new Error(`the sample does not compile: ${JSON.stringify(diagnostics)}`);
  return artefacts;
}

export function factsOf(evaluator: Evaluator): Facts {
  return freshFacts(evaluator.envelope, "pay", now);
}

export function loadSample(host: Host, bounds: number, name?: string): Evaluator {
  return host.load(artefactsOf(bounds, name));
}

/** The size of this process, from the operating system: WebAssembly memory included. */
export function residentBytes(): number {
  const pages = Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]);
  return pages * 4096;
}
