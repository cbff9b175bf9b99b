/** boolean, string and digest. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Allow, Field } from "../../../schema/envelope.ts";
import { type FieldPlan, type Sample, single } from "./plan.ts";
import { type ElementType, produced } from "./produced.ts";

/** Strings that look alike, sort differently by code point and by UTF-16 unit, or mean something to an engine. */
export const strings = [
  "alpha",
  "Alpha",
  "аlpha",
  "alpha ",
  "béta",
  "\u{1F600}",
  "ﬀ",
  "__proto__",
  "constructor",
  'quo"te\\',
  "$x{}",
  'unknown("x")',
  "true",
  "1",
  "用户",
  "?principal",
] as const;

const someStrings = fc.uniqueArray(fc.constantFrom(...strings), { minLength: 1, maxLength: 4 });

const asWritten = (value: number) => value;

export const stringPlan: fc.Arbitrary<FieldPlan> = fc
  .record({
    list: someStrings,
    others: someStrings,
    operators: fc.constantFrom<string[][]>(
      ["oneOf"],
      ["oneOf"],
      ["equals"],
      ["noneOf"],
      ["oneOf", "noneOf"],
      ["producedBy"],
      ["producedBy", "noneOf"],
    ),
    multiline: fc.constantFrom(undefined, true),
    maxLength: fc.constantFrom(undefined, 20),
  })
  .map(({ list, others, operators, multiline, maxLength }) => {
    const allow: Allow = {
      ...(operators.includes("oneOf") ? { oneOf: list } : {}),
      ...(operators.includes("noneOf") ? { noneOf: others } : {}),
      ...(operators.includes("equals") ? { equals: list[0]! } : {}),
      ...(operators.includes("producedBy") ? { producedBy: "e0/string" } : {}),
    };
    const keeps = (value: string) =>
      (!operators.includes("oneOf") || list.some((each) => each === value)) &&
      (!operators.includes("noneOf") || !others.some((each) => each === value)) &&
      (!operators.includes("equals") || list[0] === value) &&
      (!operators.includes("producedBy") || produced.string.some((each) => each === value));
    return textPlan(
      (name) => ({
        "": {
          type: "string",
          from: `/${name}`,
          ...(multiline ? { multiline } : {}),
          ...(maxLength ? { maxLength } : {}),
        } as Field,
      }),
      allow,
      [...strings, ...(multiline ? ["two\nlines\tand a tab"] : [])].map((value) => ({
        keeps: keeps(value),
        sample: text(value),
      })),
      "string",
      operators.includes("producedBy") ? "string" : undefined,
    );
  });

export const text = (value: string): Sample => single(value, value, value, value);

/** Values of any type, and the JCS form that their digest is of. */
const digested: readonly (readonly [unknown, string])[] = [
  [{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
  [[], "[]"],
  ["text", '"text"'],
  [17, "17"],
  [{ "\u{1F600}": 1, ﬀ: 2 }, '{"\u{1F600}":1,"ﬀ":2}'],
];

const digest = ([sent, canonical]: readonly [unknown, string]): Sample => {
  const hex = `sha256:${createHash("sha256").update(canonical).digest("hex")}`;
  return single(sent, hex, hex, hex);
};

export const digestPlan: fc.Arbitrary<FieldPlan> = fc
  .uniqueArray(fc.constantFrom(...digested), { minLength: 1, maxLength: 3 })
  .map((listed) => {
    const candidates = digested.map((each) => ({ keeps: listed.includes(each), sample: digest(each) }));
    const oneOf = candidates.filter(({ keeps }) => keeps).map(({ sample }) => String(sample.decoded[""]));
    return textPlan((name) => ({ "": { type: "digest", from: `/${name}` } }), { oneOf }, candidates, "digest");
  });

export const booleanPlan: fc.Arbitrary<FieldPlan> = fc.boolean().map((equals) => {
  const sample = (value: boolean) => single(value, value, value, value);
  return {
    ...textPlan((name) => ({ "": { type: "boolean", from: `/${name}` } }), { equals }, [
      { keeps: true, sample: sample(equals) },
      { keeps: false, sample: sample(!equals) },
    ]),
    keys: [{ suffix: "", look: "boolean", family: "boolean", write: asWritten }],
  };
});

interface Candidate {
  readonly keeps: boolean;
  readonly sample: Sample;
}

/** Where no candidate keeps the bounds, the first one stands for it. */
function textPlan(
  declare: FieldPlan["declare"],
  allow: Allow,
  candidates: readonly Candidate[],
  family = "",
  from?: ElementType,
): FieldPlan {
  const inside = candidates.filter(({ keeps }) => keeps).map(({ sample }) => sample);
  const outside = candidates.filter(({ keeps }) => !keeps).map(({ sample }) => sample);
  return {
    declare,
    allow: { "": allow },
    perCall: {},
    possible: inside.length > 0,
    inside: inside.length > 0 ? inside : outside.slice(0, 1),
    outside,
    keys: [{ suffix: "", look: "text", family, write: asWritten }],
    rowsSuffice: true,
    ...(from ? { produced: from } : {}),
  };
}
