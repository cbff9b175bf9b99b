/** What a person who signs reads of what decides: what is refused, what is not looked at, and what a number counts. */
import { expect, test } from "vitest";
import { renderSheet } from "../../compiler/targets/sheet/sheet.ts";
import type { Effect, Envelope, Field } from "../../schema/envelope.ts";
import { envelopeText } from "../reading/envelopes.ts";

function sheetWith(path: string, value: unknown): string {
  const envelope: Envelope = JSON.parse(envelopeText({ op: "add", path, value }));
  return renderSheet(envelope, "sha256:0");
}

function lineOf(label: string, parts: Partial<Effect>): string | undefined {
  const effect: Effect = { tools: ["t"], external: false, fields: {}, session: { calls: { max: 1 } }, ...parts };
  const [, block] = sheetWith("/effects", { it: effect }).split("## EFFECT: ");
  return block
    ?.split("\n")
    .find((line) => line.startsWith(`| ${label} |`))
    ?.slice(`| ${label} | `.length, -" |".length);
}

const local = { format: "YYYY-MM-DD HH:MM", timezone: "Europe/Berlin" } as const;
const span: Field = { type: "span", from: "/in", until: "/out", ...local, timezone: "floating" };
const people: Field = { type: "set", of: "email", from: "/to" };

const decoded: readonly { given: string; field: Field; allow?: Effect["allow"]; want: string }[] = [
  {
    given: "a url that nothing widens",
    field: { type: "url", from: "/u" },
    want: "`url` from `/u`, no IP address as host, without a query, without a fragment",
  },
  {
    given: "a url with parts that nobody judges",
    field: { type: "url", from: "/u", allowIp: true, query: "ignored", fragment: "ignored" },
    want: "`url` from `/u`, an IP address may be its host, **its query is not judged**, **its fragment is not judged**",
  },
  { given: "a path without base", field: { type: "path", from: "/f" }, want: "`path` from `/f`, absolute" },
  {
    given: "a path with base",
    field: { type: "path", from: "/f", base: "/srv" },
    want: "`path` from `/f`, absolute, or relative to `/srv`",
  },
  { given: "a string", field: { type: "string", from: "/s" }, want: "`string` from `/s`" },
  {
    given: "a string of several lines",
    field: { type: "string", from: "/s", maxLength: 9, multiline: true },
    want: "`string` from `/s`, at most 9 characters, with line breaks and tabs",
  },
  {
    given: "a set",
    field: people,
    want: "`set` of `email` from `/to`, at most 1000 elements, duplicates count once",
  },
  {
    given: "a set judged by `under`, which has fewer slots",
    field: people,
    allow: { x: { under: ["a.example"] } },
    want: "`set` of `email` from `/to`, at most 32 elements, duplicates count once",
  },
  {
    given: "a set of its own limit, without duplicates",
    field: { ...people, limit: 3, unique: true },
    want: "`set` of `email` from `/to`, at most 3 elements, duplicates are refused",
  },
  {
    given: "a local time",
    field: { type: "datetime", from: "/d", format: ["YYYY-MM-DD HH:MM", "YYYY-MM-DDTHH:MM"], timezone: "Asia/Tokyo" },
    want: "`datetime` from `/d`, written as `YYYY-MM-DD HH:MM` or `YYYY-MM-DDTHH:MM`, `Asia/Tokyo` time",
  },
  {
    given: "a span",
    field: span,
    want: "`span` from `/in` until `/out`, in seconds, written as `YYYY-MM-DD HH:MM`, local time of no zone",
  },
  {
    given: "a product",
    field: { type: "product", of: ["a", "b"], scale: 2, unit: "USD" },
    want: "`product` of `a` × `b`, at most 2 digits after the point, unit `USD`",
  },
  {
    given: "an argument that may be absent",
    field: { type: "integer", from: "/n", optional: true, default: 5 },
    want: "`integer` from `/n`, where absent or null, `5` is judged and executed",
  },
  {
    given: "an integer that may be a string",
    field: { type: "integer", from: "/n", allowString: true },
    want: "`integer` from `/n`, also written as a string",
  },
  {
    given: "a sum",
    field: { type: "integer", from: "/n/*", aggregate: "sum" },
    want: "`integer` from `/n/*` (the sum)",
  },
];

test.each(decoded)("decoded: $given", ({ field, allow, want }) => {
  expect(lineOf("Decoded fields judged", { fields: { x: field }, ...(allow && { allow }) })).toBe(`\`x\`: ${want}`);
});

const capped: readonly {
  given: string;
  field: Field;
  perCall: { min?: string | number; max: string | number };
  want: string;
}[] = [
  { given: "a span", field: span, perCall: { max: 86400 }, want: "`0` to `86400 seconds`" },
  {
    given: "a span whose unit is a word for its meters",
    field: { ...span, unit: "hour" },
    perCall: { max: 24 },
    want: "`0` to `24 seconds`",
  },
  { given: "a length", field: { type: "length", from: "/b" }, perCall: { max: 9 }, want: "`0` to `9 characters`" },
  {
    given: "how many strings",
    field: { type: "length", from: "/b/*", aggregate: "count" },
    perCall: { max: 9 },
    want: "`0` to `9`",
  },
  {
    given: "a local time",
    field: { type: "datetime", from: "/d", ...local },
    perCall: { min: "2024-01-01 00:00", max: "2024-02-01 00:00" },
    want: "`2024-01-01 00:00` to `2024-02-01 00:00`, `Europe/Berlin` time",
  },
  {
    given: "a date without `min`",
    field: { type: "date", from: "/d" },
    perCall: { max: "2024-02-01" },
    want: "the start of 1970 (UTC) to `2024-02-01`",
  },
  {
    given: "an amount",
    field: { type: "decimal", from: "/d", scale: 2, unit: "USD" },
    perCall: { min: "1.00", max: "2.00" },
    want: "`1.00` to `2.00 USD`",
  },
];

test.each(capped)("capped: $given", ({ field, perCall, want }) => {
  expect(lineOf("Per-call cap", { fields: { x: field }, perCall: { x: perCall } })).toBe(`\`x\` from ${want}`);
});

const price: Field = { type: "decimal", from: "/p", scale: 2, unit: "USD" };
const start: Field = { type: "datetime", from: "/d", ...local };
const when = "2024-01-01 00:00";

const allowed: readonly { given: string; field: Field; allow: NonNullable<Effect["allow"]>[string]; want: string }[] = [
  { given: "amounts", field: price, allow: { oneOf: ["5.00"] }, want: "`x` is one of `5.00 USD`" },
  {
    given: "local times",
    field: start,
    allow: { oneOf: [when] },
    want: "`x` is one of `2024-01-01 00:00`, `Europe/Berlin` time",
  },
  {
    given: "a set of which nothing says how many",
    field: people,
    allow: { under: ["a.example"] },
    want: "`x`: each element is, or is below, one of `a.example`, is not empty",
  },
  {
    given: "a set that may be empty",
    field: people,
    allow: { minItems: 0, maxItems: 1 },
    want: "`x`: may be empty, has at most 1 different element",
  },
];

test.each(allowed)("allowed: $given", ({ field, allow, want }) => {
  expect(lineOf("Allowlist", { fields: { x: field }, allow: { x: allow } })).toBe(want);
});

test("what calls for people has its unit and its zone", () => {
  const approval = { keys: 1, roles: ["risk"], when: { price: { min: "5.00" }, start: { max: when } } };
  expect(lineOf("People", { fields: { price, start }, approval })).toBe(
    "1 distinct person in the role `risk` must approve when `price` is `5.00 USD` or more, or when `start` is `2024-01-01 00:00` or less, `Europe/Berlin` time (or when that cannot be told)",
  );
});

test("combinations have their units and zones", () => {
  const rows = [{ fields: ["price", "start"], oneOf: [["5.00", when]] }];
  expect(lineOf("Allowed combinations", { fields: { price, start }, rows })).toBe(
    '(`price` in `USD`, `start`, `Europe/Berlin` time) is one of `["5.00","2024-01-01 00:00"]`',
  );
});

test("where the envelope comes from", () => {
  const sha256 = "a".repeat(64);
  expect(sheetWith("/template", { id: "t/x", version: "1.0.0", sha256 })).toContain(
    `- Filled in from the template \`t/x\`, version \`1.0.0\`, digest \`sha256:${sha256}\`\n`,
  );
  expect(sheetWith("/parent", { id: "env_above", sha256 })).toContain(
    `- Delegated from the envelope \`env_above\`, digest \`sha256:${sha256}\`\n`,
  );
});

test.each([
  ["manual_only", "After a halt only a person resumes."],
  ["new_envelope_required", "After a halt nothing resumes: it takes a new envelope."],
])("recovery: %s", (recovery, want) => {
  expect(sheetWith("/recovery", recovery)).toContain(`- ${want}\n`);
});
