/** Requests that no decoder would make: answered like anywhere else, never allowed by mistake. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HostileRequest } from "../../schema/request.ts";
import { allowedOfEveryKind, everyKind } from "./cedar-every-kind.ts";
import { documentOf, load } from "./rego-host.ts";
import { stockPolicy } from "./rego-stock.ts";

const policy = load(everyKind);
const stock = await stockPolicy(documentOf(everyKind));

test("the request that everything allows is allowed", () => {
  expect(policy.judge(allowedOfEveryKind)).toEqual({ verdict: "allow", violations: [] });
});

/** Every path of the request with something else in its place, what lies above it included. */
function withEachPartReplaced(value: unknown, replacement: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [replacement];
  const below = Object.entries(value).flatMap(([key, member]) =>
    withEachPartReplaced(member, replacement).map((changed) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
    ),
  );
  return [replacement, ...below];
}

const hostile = [undefined, null, true, 0, -1, 0.5, 2 ** 53, 1e300, Number.NaN, "", "1", "\0", [], [[]], {}, { value: "b.c" }];

/** Parts that no bound of the effect reads: `seq`, and the effects that an evidence or an `after` does not name. */
const unread = new Set(["seq"]);

test.each(hostile)("%j in the place of any part that a bound reads is denied or held", (replacement) => {
  for (const [key, member] of Object.entries(allowedOfEveryKind))
    for (const changed of withEachPartReplaced(member, replacement)) {
      const request: HostileRequest = { ...allowedOfEveryKind, [key]: changed };
      const answer = policy.judge(request);
      if (JSON.stringify(request, readMembers) === JSON.stringify(allowedOfEveryKind, readMembers)) continue;
      expect(stock(request)).toEqual(answer);
    }
});

function readMembers(key: string, value: unknown): unknown {
  return unread.has(key) ? undefined : value;
}

test("any JSON at all in place of any part is judged as by OPA's own host", () => {
  const parts = fc.record(
    Object.fromEntries(Object.keys(allowedOfEveryKind).map((key) => [key, fc.jsonValue({ stringUnit: "binary" })])),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(parts, (replaced) => {
      const request = { ...allowedOfEveryKind, ...replaced };
      const answer = policy.judge(request);
      expect(answer.verdict === "allow").toBe(answer.violations.length === 0);
      expect(stock(request)).toEqual(answer);
    }),
    { numRuns: 500 },
  );
});
