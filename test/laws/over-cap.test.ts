import fc from "fast-check";
import { expect, test } from "vitest";
import { boundKindOf } from "../../schema/bounds.ts";
import { answers, requestsOf, someRuns, timeout, world } from "./worlds.ts";

test("what people cannot lift is denied, never held: over-cap above all", { timeout }, () => {
  const seen = { hold: 0, deny: 0 };
  fc.assert(
    fc.property(world, ({ built, plans }) => {
      const unapproved = plans.map((plan) => ({ ...plan, approved: false, fuzz: undefined, spoil: [] }));
      const capped = plans.map((plan) => ({
        ...plan,
        approved: false,
        spoil: [...plan.spoil.slice(0, 1), { kind: "session" as const, hostile: false, by: 3 }],
      }));
      const requests = requestsOf(built, [...plans, ...unapproved, ...capped]);
      for (const { verdict, violations } of answers(built.document, requests)) {
        const kinds = violations.map((id) => boundKindOf(id)?.kind);
        const peopleOnly = kinds.every((kind) => kind === "approval" || kind === "channel");
        expect(verdict).toBe(kinds.length === 0 ? "allow" : peopleOnly ? "hold" : "deny");
        if (verdict === "hold") seen.hold += 1;
        if (verdict === "deny" && kinds.includes("session") && kinds.includes("approval")) seen.deny += 1;
      }
    }),
    { ...someRuns, numRuns: 2 * someRuns.numRuns },
  );
  expect(seen.hold).toBeGreaterThan(0);
  expect(seen.deny).toBeGreaterThan(0);
});
