import fc from "fast-check";
import { expect, test } from "vitest";
import { normalise } from "../../compiler/normalise/normalise.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { envelopeText } from "../reading/envelopes.ts";

/** Values that stand somewhere in envelopes, and some that stand nowhere. */
const values = [
  ...[0, 1, -1, 1.5, "0", "1.00", "-1.00", "", "*", true, null, [], {}],
  ...["amount", "payee", "pay", "list_payments", "pay/payment", "__proto__", "toString", "acme", "agent:clerk"],
  ...["/payee", "/payments/*/amount", "/*", "UTC", "2024-03-01", "2024-03-01T08:00:00Z", "bank.example", "10.0.0.0/8"],
  ...["string", "integer", "host", "date", "url", "sum", "each"].map((type) => ({ from: "/payee", type })),
  ...[["acme"], [1], { set: "payees" }, { oneOf: ["acme"] }, { max: 5 }, { max: "5.00" }, { empty: true }],
];

interface Change {
  readonly at: number;
  readonly to: unknown;
  readonly as: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  to: fc.constantFrom(...values),
  as: fc.constantFrom("", "", "", "x", "amount", "payee", "spend", "host", "oneOf", "rows", "session"),
});

/** The example with some of its values replaced, or further members beside them. */
function changed(changes: readonly Change[]): string {
  const root: unknown = JSON.parse(envelopeText());
  for (const { at, to, as } of changes) {
    const places = placesIn(root);
    const place = places[at % places.length];
    if (place !== undefined) Reflect.set(place.owner, as === "" ? place.key : as, structuredClone(to));
  }
  return JSON.stringify(root);
}

function placesIn(value: unknown): { readonly owner: object; readonly key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [{ owner: value, key }, ...placesIn(member)]);
}

test("no document makes a rule throw, and what the rules accept can be normalised", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const { envelope, diagnostics } = readEnvelope(changed(changes));
      expect(envelope === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
      if (envelope !== undefined) expect(normalise(envelope, digest).digest).toBe(digest);
    }),
    { numRuns: 400 },
  );
});
