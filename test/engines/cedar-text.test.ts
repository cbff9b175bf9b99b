/** What the emitter writes: stable, strictly valid, Cedar's own layout, and safe with hostile names. */
import { describe, expect, test } from "vitest";
import { CompileBug } from "../../compiler/targets/cedar/compile-bug.ts";
import { emitCedar } from "../../compiler/targets/cedar/emit.ts";
import { readPolicies } from "../../runtime/engines/cedar/policy-text.ts";
import { digest, envelopeOf, envelopeWith, requestFor, texts } from "./cedar-envelopes.ts";
import { everyKind } from "./cedar-every-kind.ts";
import { load, stock, textOf } from "./cedar-host.ts";

const { policies, schema } = textOf(everyKind);

describe("the text", () => {
  test("is the same every time", () => {
    expect(textOf(everyKind)).toEqual({ policies, schema });
    expect(textOf(reordered(everyKind))).toEqual({ policies, schema });
  });

  test("is what Cedar's formatter leaves as it is", () => {
    expect(formatted(policies)).toBe(policies);
  });

  test("is so whatever the length of a line", () => {
    const names = Array.from({ length: 90 }, (_, index) => "f".repeat(index + 1));
    const perCall = names.map((field) => ({
      id: `effects/e/per_call/${field}`,
      field,
      shape: "number" as const,
      min: 0,
      max: 5,
    }));
    for (const count of [90, 45, 20]) {
      const text = textOf(envelopeWith({ perCall: perCall.slice(0, count) })).policies;
      expect(formatted(text)).toBe(text);
    }
  });

  test("is strictly valid without a warning", () => {
    expect(stock.validate({ schema, policies: { staticPolicies: policies } })).toEqual({
      type: "success",
      validationErrors: [],
      validationWarnings: [],
      otherWarnings: [],
    });
  });

  test("names each bound above its clause of the permit", () => {
    const permit = policies.split("\n\n").find((policy) => policy.includes('@id("permit/all")')) ?? "";
    expect(permit.replace(/\s+/g, " ")).toContain(
      " // effects/all/per_call/n when { (context.fields has n) && (1 <= context.fields.n) && (context.fields.n <= 9) } ",
    );
    expect(permit.match(/^\/\/ .*$/gm)?.length).toBe(permit.match(/^when\b/gm)?.length);
  });

  test("has one forbid for each bound, with its code and where it is written", () => {
    const text = emitCedar(everyKind, (id) => `/at/${id}`).files.get("policy.cedar") ?? "";
    expect(text).toContain('@code("KILLED")\n@id("kill")\n@pointer("/at/kill")\nforbid (');
    const ids = Array.from(text.matchAll(/^@id\("(.*)"\)$/gm), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("uses no function that Cedar's evaluator could fail in, and no unknown", () => {
    expect(policies).not.toMatch(/\b(unknown|ip|decimal|datetime|duration)\s*\(|[^:]\+|\*/);
  });
});

describe("bounds that are decided when compiled", () => {
  const envelope = envelopeOf(
    {
      e: {
        tools: { t: true },
        bounds: { requires: [{ id: "effects/e/requires/F", holds: true }], mode: [{ id: "mode", holds: false }] },
      },
      f: { tools: { t: true }, bounds: { mode: [{ id: "mode", holds: true }] } },
    },
    { forbidden: [{ id: "forbidden/0", effects: { gone: true } }] },
  );
  const text = textOf(envelope).policies;

  test("one that never holds has an unconditional forbid, and the effect no permit", () => {
    expect(text).not.toContain("permit/e");
    expect(text.replace(/\s+/g, " ")).toContain(
      `@id("mode") forbid ( principal, action == Ambit::Action::"e", resource == Ambit::Envelope::"${digest}" );`,
    );
  });

  test("one that always holds has no forbid", () => {
    expect(text).toContain("permit/f");
    expect(text).not.toContain("effects/e/requires/F");
  });

  test("both are listed, for every action", () => {
    expect({ ...emitCedar(envelope).constant }).toEqual({
      "": { always: ["forbidden/0"], never: ["granted"] },
      e: { always: ["forbidden/0", "effects/e/requires/F"], never: ["mode"] },
      f: { always: ["forbidden/0", "mode"], never: [] },
      gone: { always: [], never: ["forbidden/0", "granted"] },
    });
  });
});

/** None ends in a backslash: after such a key, JSON.parse of Node 24 misreads other keys with escapes. No name of a bound can. */
const hostile = [
  "Иванов GmbH",
  '"',
  "a\\b",
  "\\u{41}",
  "a\nb",
  "\r\n// x",
  "\u202e",
  "\u2028",
  "\0",
  "é😀",
  '");\npermit(principal, action, resource);',
  "x".repeat(5000),
];

test.each(hostile)("the name %j breaks nothing", (name) => {
  const envelope = envelopeOf(
    {
      e: {
        tools: { [name]: true },
        bounds: {
          allow: [
            {
              id: `effects/e/allow/${name}`,
              field: name,
              shape: "text",
              operators: [{ op: "oneOf", values: texts(name) }],
            },
          ],
        },
      },
    },
    {
      principal: [{ id: "principal", is: name }],
      evidence: [{ id: `evidence/${name}`, name, maxAge: 10 }],
      forbidden: [{ id: "forbidden/0", effects: { [name]: true } }],
    },
  );
  const policy = load(envelope);
  const request = requestFor({ [name]: name }, { evidence: { [name]: 1_200_000 } }, { principal: name, tool: name });
  expect(policy.judge(request)).toEqual({ verdict: "allow", violations: [] });
  expect(policy.judge({ ...request, fields: { [name]: `${name}!` } }).violations).toEqual([`effects/e/allow/${name}`]);
  expect(policy.judge({ ...request, effect: name }).violations.toSorted()).toEqual(["forbidden/0", "granted"]);
});

test("an effect may be called what every object has", () => {
  const envelope = envelopeOf(
    JSON.parse(
      '{"__proto__": {"tools": {"t": true}, "bounds": {}}, "constructor": {"tools": {"t": true}, "bounds": {}}}',
    ),
  );
  const policy = load(envelope);
  for (const effect of ["__proto__", "constructor"])
    expect(policy.judge(requestFor({}, {}, { effect })).verdict).toBe("allow");
  expect(policy.judge(requestFor({}, {}, { effect: "toString" })).violations).toEqual(["granted"]);
});

const bounds = { requires: [{ id: "r", holds: false }] };
const tools = { t: true } as const;
const longNames = ["a", "b", "c"].map((letter) => letter.repeat(64));
const manyEffects = envelopeOf({
  ...Object.fromEntries(longNames.map((name) => [name, { tools, bounds: { mode: [{ id: "mode", holds: false }] } }])),
  one: { tools, bounds },
  '","': { tools, bounds },
});

test.each([
  ["every kind", policies],
  ["many effects", textOf(manyEffects).policies],
])("the runtime takes the text apart as Cedar does: %s", (_, taken) => {
  const parts = stock.policySetTextToParts(taken);
  if (parts.type === "failure") throw new Error("Cedar does not read the policies");
  const theirs = parts.policies.map((text) => {
    const answer = stock.policyToJson(text);
    if (answer.type === "failure") throw new Error("Cedar does not read a policy");
    const { annotations, effect, action } = answer.json;
    return { id: annotations?.id, effect, action: JSON.stringify(action) };
  });
  const type = "Ambit::Action";
  const ours = readPolicies(taken)?.map(({ id, effect, actions }) => {
    const entities = actions?.map((action) => ({ type, id: action }));
    if (entities === undefined) return { id, effect, action: '{"op":"All"}' };
    const one = { op: "==", entity: entities[0] };
    return { id, effect, action: JSON.stringify(entities.length === 1 ? one : { op: "in", entities }) };
  });
  const byId = (a: { id?: string | undefined }, b: { id?: string | undefined }) =>
    String(a.id) < String(b.id) ? -1 : 1;
  expect(ours?.toSorted(byId)).toEqual(theirs.sort(byId));
});

test.each([
  ["no text", ""],
  ["a policy without an id", "permit (principal, action, resource);\n"],
  [
    "a policy for any envelope",
    '@id("permit/e")\npermit (\n  principal,\n  action == Ambit::Action::"e",\n  resource\n);\n',
  ],
  ["a policy twice", `${policies}\n${policies}`],
  ["half a policy", policies.slice(0, -20)],
])("the runtime does not take apart %s", (_, text) => {
  expect(readPolicies(text)).toBeUndefined();
});

test("a bound that its field cannot have is a mistake of the compiler", () => {
  const bounds = {
    allow: [
      {
        id: "effects/e/allow/x",
        field: "x",
        shape: "number" as const,
        operators: [{ op: "under" as const, values: texts("a") }],
      },
    ],
  };
  expect(() => emitCedar(envelopeWith(bounds))).toThrow(CompileBug);
  const mixed = {
    allow: [
      {
        id: "effects/e/allow/x",
        field: "x",
        shape: "number" as const,
        operators: [{ op: "oneOf" as const, values: texts("a", "b") }],
      },
    ],
  };
  expect(() => emitCedar(envelopeWith(mixed))).toThrow(CompileBug);
});

test("beyond a hundred bounds, each still stands in the permit", () => {
  const fields = Array.from({ length: 250 }, (_, index) => `f${index}`);
  const envelope = envelopeWith({
    perCall: fields.map((field) => ({ id: `effects/e/per_call/${field}`, field, shape: "number", min: 0, max: 7 })),
  });
  const permit = textOf(envelope).policies.split("\n\n")[0] ?? "";
  expect(permit).toContain('@id("permit/e")');
  expect(permit.match(/^when\b/gm)?.length).toBeLessThanOrEqual(100);
  expect(fields.filter((field) => !permit.includes(`// effects/e/per_call/${field}\n`))).toEqual([]);
  const text = permit.replace(/\s+/g, " ");
  expect(fields.filter((field) => !text.includes(`(context.fields.${field} <= 7)`))).toEqual([]);
});

test("1,000 bounds on one effect compile, and judge at both ends", () => {
  const fields = Array.from({ length: 1000 }, (_, index) => `f${index}`);
  const envelope = envelopeWith({
    perCall: fields.map((field) => ({ id: `effects/e/per_call/${field}`, field, shape: "number", min: 0, max: 7 })),
  });
  const policy = load(envelope);
  const within = Object.fromEntries(fields.map((field) => [field, 7]));
  expect(policy.judge(requestFor(within)).verdict).toBe("allow");
  expect(policy.judge(requestFor({ ...within, f999: 8 })).violations).toEqual(["effects/e/per_call/f999"]);
  expect(policy.judge(requestFor()).violations).toHaveLength(1000);
}, 60_000);

/** With the bracket of a broken call where Cedar puts it from 4.14 on: test/cedar-cli asks that formatter itself. */
function formatted(policyText: string): string {
  const answer = stock.formatPolicies({ policyText, lineWidth: 80, indentWidth: 2 });
  return answer.type === "success" ? answer.formatted_policy.replace(/(\.\w+)\n +\(/g, "$1(") : "";
}

/** The same envelope with the members of every map in another order. */
function reordered<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).reverse())
      : member,
  );
}
