import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decoded, planDecoder } from "../../runtime/decode/decode.ts";
import type { Fields } from "../../schema/envelope.ts";
import { canonicalJson, codePointCompare } from "../../schema/json/canonical.ts";
import { effect, envelope } from "./calls.ts";

const fields: Fields = {
  int: { type: "integer", from: "/int", optional: true, default: 0 },
  dec: { type: "decimal", from: "/o/dec", scale: 2, optional: true, default: "1.00" },
  text: { type: "string", from: "/text", optional: true, default: "" },
  chars: { type: "length", from: "/text", optional: true, default: "" },
  flag: { type: "boolean", from: "/flag", optional: true, default: false },
  site: { type: "url", from: "/site", optional: true, default: "https://e.com/" },
  host: { type: "host", from: "/host", optional: true, default: "e.com" },
  mail: { type: "email", from: "/mail", optional: true, default: "a@e.com" },
  file: { type: "path", from: "/file", base: "/srv", optional: true, default: "x" },
  ip: { type: "ip", from: "/ip", optional: true, default: "1.2.3.4" },
  net: { type: "cidr", from: "/net", optional: true, default: "10.0.0.0/8" },
  at: { type: "timestamp", from: "/at", optional: true, default: "2024-01-01T00:00:00Z" },
  day: { type: "date", from: "/day", optional: true, default: "2024-01-01" },
  local: {
    type: "datetime",
    from: "/local",
    format: "YYYY-MM-DD HH:MM",
    timezone: "America/New_York",
    optional: true,
    default: "2024-01-01 00:00",
  },
  hash: { type: "digest", from: "/hash", optional: true, default: 1 },
  hosts: { type: "set", from: "/hosts", of: "host", optional: true, default: [] },
  sum: { type: "decimal", scale: 2, from: "/list/*/n", aggregate: "sum" },
  notional: { type: "product", of: ["int", "dec"], scale: 2 },
};
const decode = planDecoder(
  envelope({
    e: effect({
      fields,
      ignored: ["/note"],
      absent: ["/never"],
      rows: [{ fields: ["host", "int"], oneOf: [["e.com", 1]] }],
    }),
  }),
);

const hostile = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "toJSON",
  "",
  "..",
  "\u202e",
  "https://e.com@x",
  "0x7f.1",
  "1e400",
  "ｅ.com",
);
const scalar = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  hostile,
  fc.webUrl(),
  fc.domain(),
  fc.emailAddress(),
  fc.ipV4(),
  fc.ipV6(),
  fc.integer(),
  fc.double(),
);
const names = [...Object.keys(fields), "o", "list", "note", "never", "__proto__"];
const args = fc.dictionary(
  fc.oneof(fc.constantFrom(...names), fc.string()),
  fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.constantFrom("dec", "n"), scalar)),
);
const likely = fc.record(
  {
    int: fc.integer(),
    o: fc.record({ dec: fc.constantFrom(1.5, "2.25", 3) }),
    text: fc.string({ unit: fc.constantFrom("a", "é", "😀") }),
    host: fc.domain(),
    hosts: fc.array(fc.domain()),
    list: fc.array(fc.record({ n: fc.integer() })),
    note: fc.jsonValue(),
  },
  { requiredKeys: ["list"] },
);

function proposal(args: unknown, rest: object = {}): string {
  return JSON.stringify({ ...rest, tool: "t", args });
}

function bytes(decoded: Decoded): string {
  return canonicalJson(JSON.parse(JSON.stringify(decoded)));
}

/** The same value with the members of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe("decoding", () => {
  test("is total: any text, any bytes, any JSON gets an answer", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array(),
          fc.json(),
          args.map((value) => proposal(value)),
        ),
        (given) => {
          const decoded = decode(given);
          if (!decoded.ok) expect(decoded.failures.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("refuses with distinct ids in code point order, each the pointer below /args", () => {
    fc.assert(
      fc.property(args, (value) => {
        const decoded = decode(proposal(value));
        const failures = decoded.ok ? [] : decoded.failures;
        const ids = failures.map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)].sort(codePointCompare));
        for (const { id, pointer } of failures) expect(id === "decode" ? "" : `/args${id.slice(6)}`).toBe(pointer);
      }),
      { numRuns: 300 },
    );
  });

  test("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.oneof(args, likely), (value) => {
        const [one, other] = [decode(proposal(value)), decode(proposal(reversed(value)))];
        expect(bytes(one)).toBe(bytes(other));
        if (one.ok && other.ok) expect(JSON.stringify(one.call.fields)).toBe(JSON.stringify(other.call.fields));
      }),
      { numRuns: 300 },
    );
  });

  test("does not depend on narrative, nor on ignored arguments but for what is executed", () => {
    fc.assert(
      fc.property(likely, fc.jsonValue({ noUnicodeString: true }), (value, narrative) => {
        const plain = decode(proposal(value));
        expect(bytes(decode(proposal(value, { reasoning: narrative, approved: true })))).toBe(bytes(plain));
        const noted = decode(proposal({ ...value, note: narrative }));
        expect(noted.ok).toBe(plain.ok);
        if (noted.ok && plain.ok) expect(JSON.stringify(noted.call.fields)).toBe(JSON.stringify(plain.call.fields));
      }),
      { numRuns: 200 },
    );
  });

  test("accepts most of what is well formed, so that the laws above say something", () => {
    const sample = fc.sample(likely, { numRuns: 100, seed: 1 });
    expect(sample.filter((value) => decode(proposal(value)).ok).length).toBeGreaterThan(60);
  });

  test("of the executed arguments gives the same fields: what was judged is what runs", () => {
    fc.assert(
      fc.property(likely, (value) => {
        const first = decode(proposal(value));
        if (!first.ok) return;
        const again = decode(proposal(first.call.args));
        expect(again.ok && bytes(again)).toBe(bytes(first));
      }),
      { numRuns: 200 },
    );
  });
});
