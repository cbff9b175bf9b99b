/** Two-key: two people in two roles, found by matching and compared with trying out every pair. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { twoKeys } from "../../runtime/people/two-keys.ts";

type Decision = Parameters<typeof twoKeys>[0][number];
const says = (person: string, ...roles: readonly string[]): Decision => ({
  person,
  roles: [...roles],
  decision: "approve",
});
const refuses = (person: string): Decision => ({ person, roles: ["risk"], decision: "refuse" });

describe("not two keys", () => {
  test.each([
    { given: "nobody", approvals: [] },
    { given: "one person in two roles", approvals: [says("ann", "risk", "desk")] },
    { given: "one person twice, with two keys", approvals: [says("ann", "risk"), says("ann", "desk")] },
    { given: "two people of one role", approvals: [says("ann", "risk"), says("bob", "risk")] },
    { given: "many people of one role", approvals: ["ann", "bob", "carl"].map((person) => says(person, "risk")) },
    { given: "a person without a role", approvals: [says("ann", "risk"), says("bob")] },
    { given: "two, and one who refuses", approvals: [says("ann", "risk"), says("bob", "desk"), refuses("carl")] },
    { given: "one who has refused as well", approvals: [says("ann", "risk"), says("bob", "desk"), refuses("ann")] },
  ])("$given", ({ approvals }) => expect(twoKeys(approvals)).toBe(false));
});

describe("two keys", () => {
  test.each([
    { given: "two people in a role each", approvals: [says("ann", "risk"), says("bob", "desk")] },
    { given: "two people, one of whom has both roles", approvals: [says("ann", "risk", "desk"), says("bob", "risk")] },
    {
      given: "two people of the same two roles",
      approvals: [says("ann", "risk", "desk"), says("bob", "risk", "desk")],
    },
    {
      given: "the roles of one person in two approvals",
      approvals: [says("ann", "risk"), says("ann", "desk"), says("bob", "risk")],
    },
  ])("$given", ({ approvals }) => expect(twoKeys(approvals)).toBe(true));

  test("exactly where two people can be given two roles that they have", () => {
    const decision = fc.record({
      person: fc.constantFrom("ann", "bob", "carl"),
      roles: fc.uniqueArray(fc.constantFrom("risk", "desk", "audit")),
      decision: fc.constant("approve" as const),
    });
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 5 }), (approvals) => {
        const given = approvals.flatMap(({ person, roles }) => roles.map((role) => ({ person, role })));
        const pairs = given.flatMap((one) => given.map((other) => [one, other] as const));
        expect(twoKeys(approvals)).toBe(pairs.some(([a, b]) => a.person !== b.person && a.role !== b.role));
      }),
      { numRuns: 300 },
    );
  });
});
