import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { loadEverywhere } from "../agreement/engines.ts";
import { draft } from "../agreement/requests.ts";
import { answers, requestsOf, someRuns, timeout, world } from "./worlds.ts";

const words = fc.string({ minLength: 1, maxLength: 30 });

test("the goal, reasons, roles and ids of an envelope change no verdict", { timeout }, () => {
  fc.assert(
    fc.property(world, words, ({ built, plans }, said) => {
      const { document } = built;
      const retold = {
        ...document,
        id: "another_id",
        issuer: "another.issuer",
        goal: { summary: said, taskType: said },
        forbidden: document.forbidden.map((entry) => ({ ...entry, reason: said })),
        killSwitch: { signal: "kill/another" },
        postconditions: [{ id: "flat", check: "no_open_orders", critical: false }],
      };
      const requests = requestsOf(built, plans);
      expect(answers(retold, requests)).toEqual(answers(document, requests));
    }),
    someRuns,
  );
});

const json = fc.jsonValue();

test("reasoning and ignored arguments change neither the decoded request nor the verdict", { timeout }, () => {
  fc.assert(
    fc.property(world, fc.dictionary(words, words), json, ({ built, plans }, narrative, ignored) => {
      const evaluator = loadEverywhere(built.document);
      for (const plan of plans) {
        const { effect, proposal, request } = draft(built, evaluator.envelopeDigest, { ...plan, decoded: true });
        const mentions = effect.effect.ignored ? { comment: ignored, notes: { why: ignored } } : {};
        const retold = {
          ...narrative,
          ...proposal,
          reasoning: narrative,
          args: { ...(proposal!.args as object), ...mentions },
        };
        const { id: _, ...withoutId } = retold as Record<string, unknown>;
        const facts = request({});
        const verdicts = [proposal, withoutId].map((each) => {
          const { fields, violations, verdict } = evaluator.decide(JSON.stringify(each), facts);
          return canonicalJson({ fields, verdict, ids: violations.map(({ id }) => id) });
        });
        expect(verdicts[1]).toBe(verdicts[0]);
      }
      evaluator.drop();
    }),
    someRuns,
  );
});
