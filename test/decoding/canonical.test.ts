/** The canonical form is the library's, however quickly it is written. */
import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CanonicalForm, canonicalForm, canonicalJson } from "../../schema/json/canonical.ts";

const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom(
    "b",
    "a",
    "aa",
    "é",
    "\u{1f600}",
    "\ue000",
    "10",
    "9",
    "07",
    "",
    "__proto__",
    "constructor",
    "toJSON",
  ),
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("\\ud800", "\\", '"', "\u2028", "\0", "\x7f", "é\u{1f600}"),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(-0, 1e21, 1e-7),
);

/** Objects of either kind: those that are parsed have no prototype, those that are written have one. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(
      name,
      fc.oneof({ weight: 9, arbitrary: tie("value") }, { weight: 1, arbitrary: fc.constant(undefined) }),
      {
        maxKeys: 6,
      },
    ),
  ),
}));

test("it is RFC 8785 as the library writes it, whatever order the members are in", () => {
  fc.assert(
    fc.property(value, (given) => {
      const before = JSON.stringify(given);
      expect(canonicalJson(given)).toBe(canonicalize(given));
      expect(JSON.stringify(given)).toBe(before);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  [
    "members that objects put first",
    { b: 1, "10": 2, "9": 3, a: { "1": 1, "0": 0 } },
    '{"10":2,"9":3,"a":{"0":0,"1":1},"b":1}',
  ],
  ["a member that is called __proto__", JSON.parse('{"b":1,"__proto__":{"a":2}}'), '{"__proto__":{"a":2},"b":1}'],
  ["order by UTF-16 units", { "\ue000": 1, "\u{1f600}": 2 }, '{"\u{1f600}":2,"\ue000":1}'],
  ["order in the depth only", { a: [{ c: 1, b: 2 }], z: 0 }, '{"a":[{"b":2,"c":1}],"z":0}'],
  ["a member without a value", { b: undefined, a: 1 }, '{"a":1}'],
  ["a backslash before ud800", ["\\ud800"], '["\\\\ud800"]'],
  ["negative zero", [-0], "[0]"],
  ["what writes itself by its class", { a: new Date(0) }, '{"a":"1970-01-01T00:00:00.000Z"}'],
  ["what writes itself", { b: 1, a: { toJSON: () => ({ d: 1, c: 2 }) } }, '{"a":{"c":2,"d":1},"b":1}'],
])("%s", (_, given, want) => {
  expect(canonicalJson(given)).toBe(want);
});

test("nothing on Object.prototype takes a member, or adds one", () => {
  const polluted = { seq: { set() {}, configurable: true }, jti: { value: 7, configurable: true, enumerable: true } };
  let text = "";
  Object.defineProperties(Object.prototype, polluted);
  try {
    text = canonicalJson({ to: { seq: 1, at: [{ to: 0, seq: 2 }] }, at: 0 });
  } finally {
    for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name);
  }
  expect(text).toBe('{"at":0,"to":{"at":[{"seq":2,"to":0}],"seq":1}}');
});

test("a form's value is what a reader of its text has, held by nobody else, and inheriting nothing", () => {
  fc.assert(
    fc.property(value, (given) => {
      const form = canonicalForm(given);
      expect(form.text).toBe(canonicalJson(given));
      expect(form.value).toEqual(JSON.parse(form.text));
      for (const part of partsOf(form.value))
        expect("constructor" in part && !Object.hasOwn(part, "constructor")).toBe(false);
      const shared = new Set(partsOf(given));
      expect(partsOf(form.value).some((part) => shared.has(part))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

function partsOf(value: unknown): readonly object[] {
  if (typeof value !== "object" || value === null) return [];
  const members = Object.values(value).flatMap(partsOf);
  return Array.isArray(value) ? members : [value, ...members];
}

test("what somebody put on every array or object never parts a form's text from its value", () => {
  const polluted: readonly (readonly [object, string, PropertyDescriptor])[] = [
    [Array.prototype, "toJSON", { value: () => ["evil"], configurable: true }],
    [Array.prototype, "toJSON", { value: () => "evil", configurable: true }],
    [Object.prototype, "toJSON", { value: () => ({ evil: true }), configurable: true }],
    [Object.prototype, "0", { set() {}, get: () => "evil", configurable: true }],
  ];
  for (const [prototype, name, property] of polluted) {
    Object.defineProperty(prototype, name, property);
    let form: CanonicalForm | undefined;
    try {
      form = canonicalForm({ roles: ["a", "b"] });
    } catch {
      // Refused: it has no end.
    } finally {
      Reflect.deleteProperty(prototype, name);
    }
    if (form !== undefined) expect(form.value).toEqual(JSON.parse(form.text));
    if (name === "0") expect(form).toEqual({ text: '{"roles":["a","b"]}', value: { roles: ["a", "b"] } });
  }
});

const circle: unknown[] = [];
circle.push(circle);

describe("what has no canonical form is refused", () => {
  test.each([
    ["NaN", { a: [Number.NaN] }],
    ["an infinity", [Number.NEGATIVE_INFINITY]],
    ["a lone surrogate", { a: "\ud800" }],
    ["a lone surrogate in a name", { "a\udc00": 1 }],
    ["a circle", circle],
    ["a big integer", [1n]],
  ])("%s", (_, given) => {
    expect(() => canonicalJson(given)).toThrow();
  });
});
