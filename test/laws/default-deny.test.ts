import fc from "fast-check";
import { expect, test } from "vitest";
import type { HostileRequest } from "../../schema/request.ts";
import { answers, requestsOf, someRuns, timeout, world } from "./worlds.ts";

test("what no effect grants is denied, whatever the state", { timeout }, () => {
  fc.assert(
    fc.property(world, fc.string(), ({ built, plans }, stranger) => {
      const ungranted = (digest: string): readonly HostileRequest[] =>
        requestsOf(
          built,
          plans,
        )(digest).flatMap((request) => [
          { ...request, effect: `not ${stranger}` },
          { ...request, tool: `not ${stranger}` },
          { ...request, effect: "" },
        ]);
      for (const { verdict, violations } of answers(built.document, ungranted)) {
        expect(verdict).toBe("deny");
        // A request for another envelope is judged by no bound of this one.
        if (!violations.includes("envelope")) expect(violations).toContain("granted");
      }
    }),
    someRuns,
  );
});

test("a request that says nothing is denied", { timeout }, () => {
  fc.assert(
    fc.property(world, ({ built, plans }) => {
      const empty = (digest: string): readonly HostileRequest[] =>
        requestsOf(
          built,
          plans,
        )(digest).flatMap(({ envelope, effect, tool, fields, state }) => [
          { envelope },
          { envelope, effect, tool },
          { envelope, effect, tool, fields },
          { envelope, effect, tool, state },
        ]);
      for (const { verdict } of answers(built.document, empty)) expect(verdict).toBe("deny");
    }),
    someRuns,
  );
});

test("any JSON in place of a request is denied", { timeout }, () => {
  fc.assert(
    fc.property(world, fc.array(fc.jsonValue(), { minLength: 1 }), ({ built }, values) => {
      const anything = () =>
        values.filter((value) => typeof value === "object" && value !== null) as readonly HostileRequest[];
      for (const answer of answers(built.document, anything)) {
        expect(answer).toEqual({ verdict: "deny", violations: ["envelope"] });
      }
    }),
    someRuns,
  );
});

test("a request for another envelope is denied", { timeout }, () => {
  fc.assert(
    fc.property(world, ({ built, plans }) => {
      const foreign = () => requestsOf(built, plans)(`sha256:${"0".repeat(64)}`);
      for (const answer of answers(built.document, foreign)) {
        expect(answer).toEqual({ verdict: "deny", violations: ["envelope"] });
      }
    }),
    someRuns,
  );
});
