/** The name of a proposal: two calls that could do different things never share one, and narrative has no part in it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { proposalHash, requestDigest } from "../../runtime/proposal-hash.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { nodeOf, parseJson } from "../../schema/json/parse.ts";
import { envelope } from "./calls.ts";

const numRuns = Number(process.env.AMBIT_RUNS ?? 200);

describe("no hash for", () => {
  test.each([
    { given: "no JSON", text: "buy" },
    { given: "nothing", text: "" },
    { given: "a list", text: "[]" },
    { given: "no tool", text: '{"args":{}}' },
    { given: "a tool that is no text", text: '{"tool":1,"args":{}}' },
    { given: "no arguments", text: '{"tool":"t"}' },
    { given: "arguments that are no object", text: '{"tool":"t","args":[]}' },
    { given: "an id that is no text", text: '{"tool":"t","args":{},"id":1}' },
    { given: "an id that is null", text: '{"tool":"t","args":{},"id":null}' },
    { given: "an argument twice", text: '{"tool":"t","args":{"a":1,"a":1}}' },
    { given: "an argument twice, once in escapes", text: '{"tool":"t","args":{"a":1,"\\u0061":2}}' },
    { given: "the tool twice", text: '{"tool":"t","tool":"u","args":{}}' },
    { given: "narrative twice", text: '{"tool":"t","args":{},"why":1,"why":2}' },
    { given: "half of a surrogate pair", text: '{"tool":"t","args":{"a":"\\ud800"}}' },
    { given: "half of a surrogate pair in the tool", text: '{"tool":"\\udc00","args":{}}' },
    { given: "a byte order mark", text: '\ufeff{"tool":"t","args":{}}' },
    { given: "text behind it", text: '{"tool":"t","args":{}}x' },
    { given: "a comment", text: '{"tool":"t","args":{}/**/}' },
    { given: "2^53 + 1", text: '{"tool":"t","args":{"a":9007199254740993}}' },
    { given: "a number beyond doubles", text: '{"tool":"t","args":{"a":[{"b":1e400}]}}' },
    { given: "a number that would be 0", text: '{"tool":"t","args":{"a":1e-400}}' },
    { given: "more digits than a double has", text: '{"tool":"t","args":{"a":0.10000000000000001}}' },
    { given: "negative zero, which has the form of 0 and is another value", text: '{"tool":"t","args":{"a":-0}}' },
    { given: "an id of 257 characters", text: `{"tool":"t","args":{},"id":"${"i".repeat(257)}"}` },
    { given: "65 levels", text: `{"tool":"t","args":{"a":${"[".repeat(64)}${"]".repeat(64)}}}` },
    { given: "more than 1 MiB", text: `{"tool":"t","args":{"a":"${"x".repeat(1_048_576)}"}}` },
  ])("$given", ({ text }) => {
    expect(proposalHash(text)).toBeUndefined();
    expect(proposalHash(new TextEncoder().encode(text))).toBeUndefined();
  });

  test("bytes that are no UTF-8", () => {
    const bytes = new TextEncoder().encode('{"tool":"t","args":{"a":"x"}}');
    expect(proposalHash(bytes)).toBeDefined();
    expect(proposalHash(bytes.with(bytes.indexOf(0x78), 0xff))).toBeUndefined();
  });

  test("a node of a text that was refused for a member twice", () => {
    const { root } = parseJson('{"tool":"t","args":{"a":1,"a":2}}');
    expect(root && proposalHash(root)).toBeUndefined();
  });

  test("what is no proposal at all, against the types", () => {
    const thrower = new Proxy(Object.create(null), {
      get() {
        throw new Error("touched");
      },
    });
    for (const given of [thrower, JSON.parse("null"), JSON.parse("7"), JSON.parse("{}")])
      expect(proposalHash(given)).toBeUndefined();
  });

  test("more than the limits that are set", () => {
    const text = '{"tool":"t","args":{"a":[1]}}';
    expect(proposalHash(text)).toBe(proposalHash(text, { maxDepth: 2, maxBytes: 29 }));
    expect(proposalHash(text, { maxDepth: 1 })).toBeUndefined();
    expect(proposalHash(text, { maxBytes: 28 })).toBeUndefined();
  });
});

const base = '{"tool":"t","args":{"a":1,"b":[1,2],"c":"x"},"id":"7"}';

describe("one hash for", () => {
  test.each([
    { given: "another order of members", text: '{"id":"7","args":{"c":"x","b":[1,2],"a":1},"tool":"t"}' },
    { given: "another layout", text: ' {"tool" : "t",\n"args":{"a":1, "b":[1,2],\t"c":"x"},"id":"7"}\r\n' },
    { given: "escapes", text: '{"tool":"\\u0074","args":{"\\u0061":1,"b":[1,2],"c":"x"},"id":"7"}' },
    {
      given: "the same numbers, written otherwise",
      text: '{"tool":"t","args":{"a":1.0,"b":[1e0,0.2e1],"c":"x"},"id":"7"}',
    },
    {
      given: "narrative",
      text: '{"tool":"t","args":{"a":1,"b":[1,2],"c":"x"},"id":"7","reasoning":"please","args2":1}',
    },
    { given: "a number in narrative that no double holds", text: `${base.slice(0, -1)},"why":9007199254740993}` },
  ])("a proposal with or without $given", ({ text }) => {
    expect(proposalHash(text)).toBe(proposalHash(base));
  });

  test("a text, its bytes and its node", () => {
    const parsed = parseJson(base);
    expect(proposalHash(new TextEncoder().encode(base))).toBe(proposalHash(base));
    expect(parsed.ok && proposalHash(parsed.root)).toBe(proposalHash(base));
  });

  test("the canonical form that the specification names", () => {
    expect(proposalHash(base)).toBe(sha256('{"args":{"a":1,"b":[1,2],"c":"x"},"id":"7","tool":"t"}'));
    expect(proposalHash('{"tool":"t","args":{}}')).toBe(sha256('{"args":{},"tool":"t"}'));
  });
});

describe("another hash for", () => {
  test.each([
    { given: "another tool", text: base.replace('"t"', '"u"') },
    { given: "another id", text: base.replace('"7"', '"8"') },
    { given: "no id", text: base.replace(',"id":"7"', "") },
    { given: "an empty id", text: base.replace('"7"', '""') },
    { given: "an argument changed by one byte", text: base.replace('"x"', '"y"') },
    { given: "an argument more", text: base.replace('"a":1', '"a":1,"z":null') },
    { given: "an argument less", text: base.replace('"a":1,', "") },
    { given: "an argument of a prototype", text: base.replace('"a":1', '"a":1,"__proto__":{}') },
    { given: "a text for a number", text: base.replace('"a":1', '"a":"1"') },
    { given: "another order in a list", text: base.replace("[1,2]", "[2,1]") },
    { given: "another normal form of Unicode", text: base.replace('"x"', '"e\u0301"') },
  ])("$given", ({ text }) => {
    expect(proposalHash(text)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(proposalHash(text)).not.toBe(proposalHash(base));
  });
});

describe("for all proposals", () => {
  const args = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }), {
    noNullPrototype: true,
  });
  const proposal = fc.record(
    { tool: fc.string({ unit: "binary" }), args, id: fc.string(), why: fc.jsonValue() },
    {
      requiredKeys: ["tool", "args"],
    },
  );
  const decode = planDecoder(envelope({}));

  test("there is a hash if and only if a tool that no effect reaches decodes", () => {
    const text = fc.oneof(
      proposal.map((given) => JSON.stringify(given)),
      fc.json(),
      fc.string(),
    );
    const spoilt = fc
      .tuple(text, fc.nat(), fc.constantFrom("", '"', "{", "1e400", '"a":1,', "\\ud800", "0", "-"))
      .map(([given, place, by]) => {
        const at = place % (given.length + 1);
        return given.slice(0, at) + by + given.slice(at);
      });
    fc.assert(
      fc.property(fc.oneof(text, spoilt), (given) => {
        expect(proposalHash(given) !== undefined).toBe(decode(given).ok);
      }),
      { numRuns: 5 * numRuns },
    );
  });

  test("equal hashes are equal calls", () => {
    fc.assert(
      fc.property(proposal, proposal, fc.boolean(), (one, other, same) => {
        const second = same ? { ...one, why: other.why ?? null } : other;
        const call = ({ tool, args, id }: typeof one) => canonicalJson({ tool, args, id });
        const hash = (given: typeof one) => proposalHash(JSON.stringify(given));
        expect(hash(one) === hash(second)).toBe(call(one) === call(second));
      }),
      { numRuns },
    );
  });

  test("a value in memory has the hash of its text", () => {
    fc.assert(
      fc.property(proposal, (given) => {
        // A text of -0 in memory is 0.
        const node = nodeOf(JSON.parse(JSON.stringify(given)));
        expect(node && proposalHash(node)).toBe(proposalHash(JSON.stringify(given)));
      }),
      { numRuns },
    );
  });
});

describe("the digest of a request", () => {
  const request = { envelope: "sha256:0", tool: "t", effect: "e", fields: { b: 1, a: "x" }, now: 1, state: { seq: 0 } };

  test("does not depend on the order of members, and does on everything else", () => {
    const turned = { ...Object.fromEntries(Object.entries(request).reverse()), fields: { a: "x", b: 1 } };
    expect(requestDigest(turned)).toBe(requestDigest(request));
    expect(requestDigest(request)).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const change of [{ now: 2 }, { fields: { b: 1, a: "y" } }, { state: { seq: 1 } }, { effect: "f" }])
      expect(requestDigest({ ...request, ...change })).not.toBe(requestDigest(request));
  });

  test("is the digest of the request as it is read back from a ledger", () => {
    expect(requestDigest(JSON.parse(canonicalJson(request)))).toBe(requestDigest(request));
  });

  test("is not made of what has no canonical form", () => {
    for (const now of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800"])
      expect(() => requestDigest({ ...request, now })).toThrow();
  });
});
