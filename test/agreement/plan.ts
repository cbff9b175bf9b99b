/** A plan of a whole envelope: few numbers and choices, so that a failure shrinks to a small document. */
import fc from "fast-check";
import { countLimit, effectPlan, room, tags, velocities } from "./effect.ts";

const day = 86_400;

export const envelopePlan = fc.record({
  effects: fc.array(effectPlan, { minLength: 1, maxLength: 3 }),
  mode: fc.oneof(
    { arbitrary: fc.constant<"window">("window"), weight: 5 },
    { arbitrary: fc.constant<"base">("base"), weight: 1 },
  ),
  defaultVelocity: velocities,
  validity: fc.record({
    notBefore: fc.constantFrom("2024-02-15T14:30:00Z", "2024-02-15T09:30:00-05:00", "2024-02-15T14:30:00.000Z"),
    lastsSeconds: fc.constantFrom(day, 1, 30 * day),
    maxDurationSeconds: fc.constantFrom(3600, 1, 60, day, 315_360_000),
  }),
  budgets: fc.record({
    actions: countLimit,
    externalCalls: countLimit,
    room,
  }),
  evidence: fc.array(
    fc.record({
      name: fc.constantFrom("perimeter", "identity"),
      maxAgeSeconds: fc.constantFrom(300, 0, 1, 315_360_000),
      effects: fc.option(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 2 }), { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
  forbidden: fc.array(
    fc.oneof(
      {
        arbitrary: fc.record({
          effect: fc.constantFrom("withdraw_funds", "wipe", "other", "hold_funds", "refund", "e0"),
        }),
        weight: 3,
      },
      {
        arbitrary: fc.record({
          tool: fc.constantFrom("broker.change_api_keys", "tool.e0b", "tool.e1b", "tool.x", "tool.y", "tool.z"),
        }),
        weight: 3,
      },
      {
        arbitrary: fc.record({
          tag: fc.constantFrom(tags[0], "a_tag", "b_tag", "unknown_tag", "unused_tag", "other_tag"),
        }),
        weight: 2,
      },
    ),
    { maxLength: 2 },
  ),
});

export type EnvelopePlan = typeof envelopePlan extends fc.Arbitrary<infer T> ? T : never;
