/** Cases of one bound or field type, run on each engine alone through the public door. */
import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { createHost } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import type { Effect, Envelope } from "../../schema/envelope.ts";
import type { EngineName } from "../../schema/verdict.ts";

const wasm = await cedarWasm();
const engines: readonly EngineName[] = ["reference", "rego", "cedar"];
const utf8 = new TextEncoder();

/** 15:00 UTC on a Thursday, half an hour after the envelope's `notBefore`. */
export const now = Date.parse("2024-02-15T15:00:00Z");

export interface Case {
  readonly given: string;
  /** The arguments: a value, or their JSON text where the spelling matters. */
  readonly args?: Readonly<Record<string, unknown>> | string;
  /** Decoded fields in place of arguments. */
  readonly fields?: unknown;
  readonly effect?: unknown;
  readonly tool?: unknown;
  /** In place of the facts of a session that has kept every bound so far; `undefined` makes one absent. Maps are merged. */
  readonly facts?: { readonly now?: unknown; readonly principal?: unknown; readonly justified?: unknown };
  readonly state?: unknown;
  /** The verdict, then the violated bounds in order. */
  readonly want: string;
}

/** Members of an effect; `undefined` leaves one out. */
type Members = { readonly [K in keyof Effect]?: Effect[K] | undefined };

export interface Table {
  /** Members of the effect `act` beside the necessary ones. */
  readonly effect?: Members;
  /** Members of the envelope beside the necessary ones. */
  readonly envelope?: Omit<Partial<Envelope>, "effects"> & { readonly effects?: Readonly<Record<string, Effect>> };
  readonly cases: readonly Case[];
}

export function runTable(name: string, { effect, envelope, cases }: Table): void {
  const document = documentOf(effect, envelope);
  const { diagnostics, artefacts } = compile(utf8.encode(JSON.stringify(document)));
  describe(name, () => {
    test("compiles", () => {
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    });
    if (artefacts === undefined) return;
    describe.each(engines)("%s", (engine) => {
      const evaluator = createHost({ engines: [engine], cedarWasm: wasm }).load(artefacts);
      test.each(cases)("$given", ({ given: _, want, ...given }) => {
        const verdict =
          "fields" in given || "tool" in given || "effect" in given
            ? evaluator.judge(requestOf(document, evaluator.envelopeDigest, given))
            : evaluator.decide(proposalOf(given), factsOf(document, given));
        expect([verdict.verdict, ...verdict.violations.map(({ id }) => id)].join(" ")).toBe(want);
      });
    });
  });
}

/** The least an effect and an envelope may say. */
export function documentOf(effect: Members = {}, envelope: Table["envelope"] = {}): Envelope {
  const { effects, ...members } = envelope;
  return {
    ambit: "1",
    id: "env_table",
    goal: { summary: "one bound at a time" },
    issuer: "authz.example",
    principal: "agent:s7",
    mode: "window",
    validity: { notBefore: "2024-02-15T14:30:00Z", expiresAt: "2024-02-16T14:30:00Z", maxDurationSeconds: 3600 },
    capabilities: [],
    budgets: { actions: { max: 1000 } },
    effects: { act: leastEffect("tool.act", effect), ...effects },
    forbidden: [],
    recovery: "manual_only",
    killSwitch: { signal: "kill/env_table" },
    ...members,
  };
}

export function leastEffect(tool: string, members: Members = {}): Effect {
  const least = {
    tools: [tool],
    external: false,
    fields: {},
    session: { calls: { max: 1000 } },
    velocity: [{ max: 1000, seconds: 60 }],
  };
  return { ...least, ...members } as Effect;
}

type Given = Omit<Case, "given" | "want">;

export function proposalOf({ args = {} }: Given): string {
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return `{"tool":"tool.act","args":${text}}`;
}

function factsOf(document: Envelope, { facts, state }: Given): Record<string, unknown> {
  return { principal: document.principal, now, justified: false, state: stateOf(document, state), ...facts };
}

function requestOf(document: Envelope, envelope: string, given: Given): Record<string, unknown> {
  const { effect, tool, fields } = { effect: "act", tool: "tool.act", fields: {}, ...given };
  return { envelope, effect, tool, fields, ...factsOf(document, given) };
}

/** Every bound kept: nothing used, every people's key given, everything that must have happened has just happened. */
function stateOf({ effects, defaults, budgets, evidence = {} }: Envelope, changes: unknown): unknown {
  const of = <T>(keys: readonly string[], value: T) => Object.fromEntries(keys.map((key) => [key, value]));
  const written = Object.entries(effects);
  const state: Record<string, unknown> = {
    seq: 1,
    phase: "active",
    killed: false,
    halted: false,
    activatedAt: now,
    meters: of(
      [
        ...Object.keys(budgets).map((meter) => `budgets/${meter}`),
        ...written.flatMap(([name, { session }]) =>
          Object.keys(session).map((key) => `effects/${name}/session/${key}`),
        ),
      ],
      0,
    ),
    velocity: of(
      written.flatMap(([name, { velocity }]) =>
        (velocity ?? defaults?.velocity ?? []).map((_, i) => `effects/${name}/velocity/${i}`),
      ),
      0,
    ),
    local: { UTC: { day: "thu", minute: 900, date: "2024-02-15" } },
    approvals: of(
      written.flatMap(([name]) => [`effects/${name}/approval`, `effects/${name}/channel`]),
      9,
    ),
    last: of(Object.keys(effects), now),
    produced: {},
    evidence: of(Object.keys(evidence), now),
  };
  return typeof changes === "object" && changes !== null
    ? merge(state, changes)
    : "undefined" === typeof changes
      ? state
      : changes;
}

function merge(state: Record<string, unknown>, changes: object): Record<string, unknown> {
  const merged = { ...state };
  for (const [key, change] of Object.entries(changes)) {
    const before = merged[key];
    merged[key] = isMap(before) && isMap(change) ? { ...before, ...change } : change;
  }
  return merged;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
