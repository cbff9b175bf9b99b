/** Requests that no decoder would make: answered as by OPA's own host and by Cedar, never allowed by mistake. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HostileRequest } from "../../schema/request.ts";
import { allowedOfEveryKind, everyKind } from "./cedar-every-kind.ts";
import * as cedar from "./cedar-host.ts";
import * as rego from "./rego-host.ts";
import { stockPolicy } from "./rego-stock.ts";

const policy = rego.load(everyKind);
const other = cedar.load(everyKind);
const stock = await stockPolicy(rego.documentOf(everyKind));

function expectOneAnswer(request: HostileRequest): void {
  const answer = policy.judge(request);
  expect(answer.verdict === "allow").toBe(answer.violations.length === 0);
  expect(stock(request)).toEqual(answer);
  expect(other.judge(request).violations.toSorted()).toEqual(answer.violations);
}

/** Every part of a value with something else in its place, the whole included. */
function withEachPartReplaced(value: unknown, replacement: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [replacement];
  const below = Object.entries(value).flatMap(([key, member]) =>
    withEachPartReplaced(member, replacement).map((changed) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
    ),
  );
  return [replacement, ...below];
}

const hostile = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  0.5,
  2 ** 53,
  1e300,
  "",
  "1",
  "\0",
  [],
  [[]],
  {},
  { value: "b.c" },
];

test.each(hostile)("%j in the place of any part", (replacement) => {
  for (const [key, member] of Object.entries(allowedOfEveryKind))
    for (const changed of withEachPartReplaced(member, replacement))
      expectOneAnswer({ ...allowedOfEveryKind, [key]: changed });
});

test("not a number in the place of a number confirms nothing", () => {
  for (const now of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(policy.judge({ ...allowedOfEveryKind, now }).violations).toContain("validity/expires_at");
});

test("inherited members are not read", () => {
  expect(policy.judge(Object.create(allowedOfEveryKind)).violations).toEqual(["envelope"]);
  const fields = Object.create(allowedOfEveryKind.fields);
  expect(policy.judge({ ...allowedOfEveryKind, fields }).violations).toContain("effects/all/per_call/n");
});

test("any JSON in the place of any members", () => {
  const members = Object.keys(allowedOfEveryKind).map((key) => [key, fc.jsonValue({ stringUnit: "binary" })]);
  const replaced = fc.record(Object.fromEntries(members), { requiredKeys: [] });
  fc.assert(
    fc.property(replaced, (changed) => expectOneAnswer({ ...allowedOfEveryKind, ...changed })),
    { numRuns: 300 },
  );
});
