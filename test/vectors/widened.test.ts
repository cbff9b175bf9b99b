/** The vectors of an envelope notice each of its limits that is one unit wider. */
import { expect, test } from "vitest";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import { exampleEnvelopes, vectorsOf } from "./envelopes.ts";
import { replay } from "./replay.ts";

const [, trading] = exampleEnvelopes.find(([name]) => name === "trading")!;
const { artefacts, digest } = vectorsOf(trading);
const vectors = replay(artefacts);

const wider: readonly (readonly [bound: string, path: string, value: unknown])[] = [
  ["validity/not_before", "validity.notBefore", "2024-02-15T13:59:59.999Z"],
  ["validity/expires_at", "validity.expiresAt", "2024-02-15T21:15:00.001Z"],
  ["validity/duration", "validity.maxDurationSeconds", 23_401],
  ["budgets/actions", "budgets.actions.max", 501],
  ["budgets/commission", "budgets.commission.max", "50.01"],
  ["evidence/perimeter", "evidence.perimeter.maxAgeSeconds", 301],
  ["effects/place_order/allow/side", "effects.place_order.allow.side.oneOf.2", "BUY"],
  ["effects/place_order/per_call/qty", "effects.place_order.perCall.qty.max", 3],
  ["effects/place_order/per_call/qty", "effects.place_order.perCall.qty.min", 0],
  ["effects/place_order/session/qty", "effects.place_order.session.qty.max", 41],
  ["effects/place_order/session/calls", "effects.place_order.session.calls.max", 201],
  ["effects/place_order/schedule", "effects.place_order.schedule.windows.0.from", "09:29"],
  ["effects/place_order/schedule", "effects.place_order.schedule.windows.0.until", "16:01"],
  ["effects/place_order/approval", "effects.place_order.approval.when.qty.min", 3],
];

test.each(wider)("%s with %s %j", (bound, path, value) => {
  const changed = new Set(differing(withValue(trading, path.split("."), value)).flat());
  expect([...changed]).toEqual([bound]);
});

test("a velocity that each effect takes from the defaults", () => {
  const changed = new Set(differing(withValue(trading, ["defaults", "velocity", "0", "max"], 6)).flat());
  expect([...changed].toSorted()).toEqual(
    Object.entries(trading.effects)
      .filter(([, { velocity }]) => velocity === undefined)
      .map(([name]) => `effects/${name}/velocity/0`)
      .toSorted(),
  );
});

test("the envelope itself", () => {
  expect(differing(trading)).toEqual([]);
});

/** For each vector that is judged otherwise under another envelope, the bounds on which the two differ. */
function differing(other: Envelope): readonly (readonly string[])[] {
  const otherDigest = sha256(canonicalJson(other));
  const judge = planReference(other, otherDigest);
  return vectors.flatMap(({ request, want }) => {
    const { violations } = judge({
      ...request,
      envelope: request.envelope === digest ? otherDigest : request.envelope,
    });
    const difference = [
      ...violations.filter((id) => !want.violations.includes(id)),
      ...want.violations.filter((id) => !violations.includes(id)),
    ];
    return difference.length === 0 ? [] : [difference];
  });
}

function withValue<T>(document: T, path: readonly string[], value: unknown): T {
  const copy = structuredClone(document);
  const last = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(Object(at), key), copy);
  Reflect.set(Object(last), path.at(-1) ?? "", value);
  return copy;
}
