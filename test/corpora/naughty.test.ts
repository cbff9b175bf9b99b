/** The Big List of Naughty Strings, in every place that takes a text: no throw, no wrong allow, no broken policy. */
import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { type Evaluator, freshFacts, type Host } from "../../runtime/index.ts";
import type { Effect, Envelope, Field } from "../../schema/envelope.ts";
import { escapeToken } from "../../schema/json/pointer.ts";
import { figure } from "../figure.ts";
import { missing, textOf } from "./corpora.ts";
import { listeningHost, load } from "./host.ts";
import { oneCall, plainEnvelope, plainNow } from "./plain-envelope.ts";

const utf8 = new TextEncoder();

function ask(evaluator: Evaluator, tool: string, args: unknown): string {
  const proposal = JSON.stringify({ tool, args, reasoning: tool });
  return evaluator.decide(proposal, ({ effect }) => freshFacts(evaluator.envelope, effect, plainNow)).verdict;
}

/** Fields of every type that reads text, each with a bound that none of the strings satisfies. */
const fields: Readonly<Record<string, [Field, Pick<Effect, "allow" | "perCall">]>> = {
  string: [{ type: "string", from: "/v" }, { allow: { v: { oneOf: ["the one text"] } } }],
  lines: [{ type: "string", from: "/v", multiline: true }, { allow: { v: { equals: "the one text" } } }],
  host: [{ type: "host", from: "/v" }, { allow: { v: { under: ["allowed.example"] } } }],
  email: [{ type: "email", from: "/v" }, { allow: { v: { under: ["allowed.example"] } } }],
  path: [{ type: "path", from: "/v", base: "/srv" }, { allow: { v: { under: ["/srv/allowed"] } } }],
  ip: [{ type: "ip", from: "/v" }, { allow: { v: { oneOf: ["192.0.2.77"] } } }],
  cidr: [{ type: "cidr", from: "/v" }, { allow: { v: { under: ["192.0.2.64/28"] } } }],
  integer: [{ type: "integer", from: "/v", allowString: true }, { perCall: { v: { min: 77, max: 77 } } }],
  decimal: [{ type: "decimal", from: "/v", scale: 2 }, { perCall: { v: { min: "77.77", max: "77.77" } } }],
  date: [{ type: "date", from: "/v" }, { perCall: { v: { min: "2077-07-07", max: "2077-07-07" } } }],
  timestamp: [
    { type: "timestamp", from: "/v" },
    { perCall: { v: { min: "2077-07-07T00:00:00Z", max: "2077-07-07T00:00:00Z" } } },
  ],
  digest: [{ type: "digest", from: "/v" }, { allow: { v: { oneOf: [`sha256:${"0".repeat(64)}`] } } }],
  length: [{ type: "length", from: "/v" }, { perCall: { v: { min: 7777, max: 7777 } } }],
};

/** The places of an envelope that take a text of the author's, filled with one string. */
const places: Readonly<Record<string, (envelope: Envelope, text: string) => Envelope>> = {
  id: (envelope, id) => ({ ...envelope, id }),
  goal: (envelope, summary) => ({ ...envelope, goal: { summary, taskType: summary } }),
  issuer: (envelope, issuer) => ({ ...envelope, issuer }),
  principal: (envelope, principal) => ({ ...envelope, principal }),
  signal: (envelope, signal) => ({ ...envelope, killSwitch: { signal } }),
  forbidden: (envelope, text) => ({
    ...envelope,
    forbidden: [...envelope.forbidden, { tool: `not ${text}`, reason: text }, { tag: `not ${text}` }],
  }),
  tag: (envelope, text) => inUse(envelope, (use) => ({ ...use, tags: [text] })),
  tool: (envelope, text) => inUse(envelope, (use) => ({ ...use, tools: [text] })),
  value: (envelope, text) => inUse(envelope, (use) => ({ ...use, allow: { v: { oneOf: [text] } } })),
  row: (envelope, text) =>
    inUse(envelope, (use) => ({ ...use, rows: [{ fields: ["v"], oneOf: [[text], ["the one text"]] }] })),
  argument: (envelope, text) =>
    inUse(envelope, (use) => ({
      ...use,
      fields: { ...use.fields, named: { type: "string", from: `/${escapeToken(text)}` } },
      allow: { ...use.allow, named: { equals: "x" } },
    })),
  unit: (envelope, unit) =>
    inUse(envelope, (use) => ({
      ...use,
      fields: { ...use.fields, n: { type: "integer", from: "/n n", unit } },
      perCall: { n: { max: 1 } },
    })),
};

function inUse(envelope: Envelope, change: (use: Effect) => Effect): Envelope {
  return { ...envelope, effects: { use: change(envelope.effects.use!) } };
}

const base = plainEnvelope("naughty", {
  use: {
    ...oneCall,
    tools: ["the tool"],
    fields: { v: { type: "string", from: "/v v" } },
    allow: { v: { oneOf: ["the one text"] } },
  },
});

/** Whether a document compiles; where it does not, an error says why. */
function reads(envelope: Envelope): boolean {
  const { diagnostics, envelope: valid } = readEnvelope(JSON.stringify(envelope));
  expect(valid !== undefined || diagnostics.some(({ severity }) => severity === "error")).toBe(true);
  return valid !== undefined;
}

describe.skipIf(missing)("naughty strings (AMBIT_CORPORA)", () => {
  const strings: readonly string[] = missing ? [] : JSON.parse(textOf("naughty-strings/blns.json"));
  let host: Host;
  let faults: readonly unknown[] = [];

  beforeAll(async () => {
    ({ host, faults } = await listeningHost());
  });

  test("as arguments, keys and tool names of a call: none is allowed", () => {
    const effects = Object.entries(fields).map(([type, [field, bounds]]) => [
      type,
      { ...oneCall, tools: [type], fields: { v: field }, ...bounds },
    ]);
    const evaluator = load(host, plainEnvelope("naughty", Object.fromEntries(effects)));
    let asked = 0;
    const wrong: string[] = [];
    const expectDenied = (tool: string, args: unknown) => {
      asked++;
      if (ask(evaluator, tool, args) !== "deny") wrong.push(JSON.stringify({ tool, args }));
    };
    for (const text of strings) {
      for (const type of Object.keys(fields)) expectDenied(type, { v: text });
      expectDenied("string", { v: "the one text", [text]: text });
      expectDenied("string", { v: { [text]: "the one text" } });
      expectDenied(text, { v: "the one text" });
    }
    figure(`naughty strings in calls: ${wrong.length} of ${asked} wrongly allowed, 0 throws`);
    expect(ask(evaluator, "string", { v: "the one text" })).toBe("allow");
    expect(wrong).toEqual([]);
    expect(strings.length).toBe(515);
    expect(faults).toEqual([]);
  });

  test("in every place of an envelope: refused with a reason, or compiled, loaded and rightly judged", {
    timeout: 300_000,
  }, () => {
    let refused = 0;
    let placed = 0;
    let compiled = 0;
    for (const text of strings) {
      let envelope = base;
      const used: string[] = [];
      for (const [place, put] of Object.entries(places)) {
        if (reads(put(base, text))) used.push(place);
        else refused++;
      }
      for (const place of used) {
        const next = places[place]!(envelope, text);
        if (reads(next)) envelope = next;
      }
      placed += used.length;
      if (used.length === 0) continue;
      compiled++;
      const evaluator = load(host, envelope);
      const use = evaluator.envelope.effects.use!;
      const tool = String(use.tools[0]);
      const allowed = use.allow?.v?.oneOf;
      const value = String(Array.isArray(allowed) ? allowed[0] : undefined);
      const rest = {
        ...(use.fields.n === undefined ? {} : { "n n": 1 }),
        ...(use.fields.named === undefined ? {} : { [text]: "x" }),
      };
      expect(ask(evaluator, tool, { "v v": value, ...rest }), text).toBe("allow");
      expect(ask(evaluator, tool, { "v v": `${value}x`, ...rest }), text).toBe("deny");
      expect(ask(evaluator, `${tool}x`, { "v v": value, ...rest }), text).toBe("deny");
      evaluator.drop();
    }
    figure(
      `naughty strings in envelopes: ${placed} of ${strings.length * Object.keys(places).length} placed, ${refused} refused with a reason; ${compiled} envelopes compiled, 0 broken in Cedar or Rego`,
    );
    expect(faults).toEqual([]);
  });

  test("as names of effects and fields: refused with a reason, or compiled, loaded and rightly judged", () => {
    let refused = 0;
    const names: string[] = [];
    for (const text of strings) {
      const v: Effect = { ...base.effects.use!, fields: mapOf(text, base.effects.use!.fields.v!) };
      const effect = { ...v, allow: mapOf(text, { oneOf: ["the one text"] }) };
      const document = plainEnvelope("naughty", mapOf(text, effect));
      const { artefacts, diagnostics } = compile(utf8.encode(JSON.stringify(document)));
      if (artefacts === undefined) {
        refused++;
        expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
        continue;
      }
      names.push(text);
      const evaluator = host.load(artefacts);
      expect(ask(evaluator, "the tool", { "v v": "the one text" }), text).toBe("allow");
      expect(ask(evaluator, "the tool", { "v v": "another" }), text).toBe("deny");
      evaluator.drop();
    }
    figure(`naughty strings as names: ${refused} refused with a reason, ${names.length} compiled and rightly judged`);
    expect(names).toContain("undefined");
    expect(names).not.toContain("hasOwnProperty");
    expect(faults).toEqual([]);
  });
});

function mapOf<T>(key: string, value: T): Readonly<Record<string, T>> {
  return Object.fromEntries([[key, value]]);
}
