/** Requests that no decoder would make: the encoding lets nothing through that the schema does not declare. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readContextTypes } from "../../schema/cedar/context-type.ts";
import { encodeCedarRequest, planCedarEncoding } from "../../schema/cedar/encode.ts";
import { namespace } from "../../schema/cedar/names.ts";
import { envelopeWith, requestFor, texts } from "./cedar-envelopes.ts";
import { allowedOfEveryKind, everyKind } from "./cedar-every-kind.ts";
import { load, stock, textOf } from "./cedar-host.ts";

const { policies, schema } = textOf(everyKind);
const resolved = stock.schemaToJsonWithResolvedTypes(schema);
const types = readContextTypes(resolved.type === "success" ? resolved.json : undefined, namespace);
if (types === undefined) throw new Error("the schema is not of the form that the runtime reads");
const encode = planCedarEncoding(types);
const policy = load(everyKind);
stock.preparseSchema("every kind", schema);
stock.preparsePolicySet("every kind", { staticPolicies: policies });

test("the request that everything allows is allowed", () => {
  expect(policy.judge(allowedOfEveryKind)).toEqual({ verdict: "allow", violations: [] });
});

const junk: readonly (readonly [name: string, value: unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a list", [1]],
  ["an empty object", {}],
  ["an entity", { __entity: { type: "Ambit::Agent", id: "agent:s7" } }],
  ["an extension value", { __extn: { fn: "decimal", arg: "1.0" } }],
  ["an unknown", { __extn: { fn: "unknown", arg: "x" } }],
  ["a huge number", 1e21],
  ["2^53", 2 ** 53],
  ["a fraction", 1.5],
  ["not a number", Number.NaN],
  ["a big integer", 10n],
  ["a lone surrogate", "\ud800"],
  ["a function", () => 1],
  ["a symbol", Symbol("x")],
  ["a boxed number", Object(1)],
  ["an object that inherits everything", Object.create(allowedOfEveryKind)],
];

/** Every path of the request, with the junk in its place. */
function withJunk(value: unknown, junkValue: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [junkValue];
  const below = Object.entries(value).flatMap(([key, member]) =>
    withJunk(member, junkValue).map((changed) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
    ),
  );
  return [junkValue, ...below];
}

describe.each(junk)("%s in the place of any part", (_, junkValue) => {
  const requests = Object.entries(allowedOfEveryKind).flatMap(([key, member]) =>
    withJunk(member, junkValue).map((changed) => ({ ...allowedOfEveryKind, [key]: changed })),
  );

  test("is answered, and allowed only where Cedar is asked the same", () => {
    for (const request of requests) {
      const { verdict } = policy.judge(request);
      if (verdict === "allow") expect(encode(request)).toEqual(encode(allowedOfEveryKind));
    }
  });

  test("is encoded as the schema has it", () => {
    for (const request of requests) {
      const { principal, action, resource, context } = encode(request);
      const answer = stock.statefulIsAuthorized({
        principal: { type: "Ambit::Agent", id: principal },
        action: { type: "Ambit::Action", id: action },
        resource: { type: "Ambit::Envelope", id: resource },
        context: JSON.parse(context),
        preparsedSchemaName: "every kind",
        preparsedPolicySetId: "every kind",
        validateRequest: true,
        entities: [],
      });
      expect(answer).toMatchObject({ type: "success", response: { diagnostics: { errors: [] } } });
    }
  });
});

test("inherited members are not read", () => {
  const answer = policy.judge(Object.create(allowedOfEveryKind));
  expect(answer.violations).toEqual(["envelope"]);
  const inheriting = { ...allowedOfEveryKind, fields: Object.create(allowedOfEveryKind.fields) };
  expect(policy.judge(inheriting).violations).toContain("effects/all/per_call/n");
});

test("undeclared members of the request do not reach Cedar", () => {
  const { context } = encodeCedarRequest(types, {
    ...requestFor({ n: 1, x: "secret" }, {}, { effect: "all" }),
    reasoning: "x",
  } as object);
  expect(context).not.toMatch(/secret|reasoning|seq/);
});

const leaf = fc.oneof(
  fc.integer({ min: -2, max: 10 }),
  fc.constantFrom("x", "y", "b.c", true, false, null, 2 ** 53 - 1, -(2 ** 53 - 1)),
  fc.jsonValue(),
);

test("permit and forbids never contradict each other", () => {
  const fields = fc.dictionary(fc.constantFrom("n", "m", "s", "b", "h", "hs", "ss", "ns", "r", "rows/0"), leaf);
  const meters = fc.dictionary(fc.constantFrom("effects/all/session/n", "budgets/actions", "budgets/spend"), leaf);
  const moments = fc.record({ now: leaf, activatedAt: leaf, last: leaf, seen: leaf });
  fc.assert(
    fc.property(fields, meters, moments, (sentFields, sentMeters, { now, activatedAt, last, seen }) => {
      const answer = policy.judge({
        ...allowedOfEveryKind,
        now,
        fields: { ...allowedOfEveryKind.fields, ...sentFields },
        state: {
          ...allowedOfEveryKind.state,
          activatedAt,
          last: { few: last },
          evidence: { identity: seen, perimeter: seen },
          meters: { ...Object(allowedOfEveryKind.state.meters), ...sentMeters },
        },
      });
      return (answer.verdict === "allow") === (answer.violations.length === 0);
    }),
    { numRuns: 500 },
  );
});

test("a policy never errs on numbers as large as the schema admits", () => {
  const far = ["9223372036854775807", "-9223372036854775808", "0", "1"];
  const context = encode(allowedOfEveryKind).context;
  for (const now of far) {
    for (const moment of far) {
      const text = context
        .replace(/"now":-?\d+/, `"now":${now}`)
        .replace(/"(activatedAt|few|perimeter|identity|n|budgets\/spend)":-?\d+/g, `"$1":${moment}`);
      const call = `{"principal":{"type":"Ambit::Agent","id":"agent:s7"},"action":{"type":"Ambit::Action","id":"all"},"resource":{"type":"Ambit::Envelope","id":${JSON.stringify(everyKind.digest)}},"context":${text},"schema":${JSON.stringify(schema)},"validateRequest":true,"policies":{"staticPolicies":${JSON.stringify(policies)}},"entities":[]}`;
      const answer = stock.isAuthorized(rawNumbers(call));
      expect(answer).toMatchObject({ type: "success", response: { decision: "deny", diagnostics: { errors: [] } } });
    }
  }
});

/** Numbers that a double cannot hold keep their text on the way into Cedar. */
function rawNumbers(text: string): Parameters<typeof stock.isAuthorized>[0] {
  return JSON.parse(text, (_, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) ? rawJson(context?.source ?? "0") : value,
  );
}

function rawJson(text: string): unknown {
  return Reflect.apply(Reflect.get(JSON, "rawJSON"), JSON, [text]);
}

test("a set with more lists than slots is judged by its count", () => {
  const judge = load(
    envelopeWith({
      allow: [
        { id: "effects/e/allow/x", field: "x", shape: "nameSet", operators: [{ op: "under", values: texts("b") }] },
      ],
    }),
  );
  const under = Array.from({ length: 40 }, () => ["b"]);
  expect(judge.judge(requestFor({ x: { count: 2, items: ["b"], under } })).verdict).toBe("allow");
  expect(judge.judge(requestFor({ x: { count: 40, items: ["b"], under } })).verdict).toBe("deny");
});
