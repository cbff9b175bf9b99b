import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { loadEverywhere } from "../agreement/engines.ts";
import { draft } from "../agreement/requests.ts";
import { someRuns, timeout, world } from "./worlds.ts";

test("the same document compiles to the same bytes", { timeout }, () => {
  fc.assert(
    fc.property(world, ({ built }) => {
      const source = new TextEncoder().encode(JSON.stringify(built.document));
      const targets = ["avp", "cedar-json"] as const;
      const [one, other] = [compile(source, { targets }), compile(source, { targets })];
      expect([...one.artefacts!.keys()]).toEqual([...other.artefacts!.keys()]);
      for (const [path, bytes] of one.artefacts!) expect(other.artefacts!.get(path), path).toEqual(bytes);
      expect(other.diagnostics).toEqual(one.diagnostics);
      expect(other.notices).toEqual(one.notices);
    }),
    someRuns,
  );
});

test("the same proposal decodes and is judged to the same bytes", { timeout }, () => {
  fc.assert(
    fc.property(world, ({ built, plans }) => {
      const evaluator = loadEverywhere(built.document);
      for (const plan of plans) {
        const { proposal, request } = draft(built, evaluator.envelopeDigest, { ...plan, decoded: true });
        const text = JSON.stringify(proposal);
        const [one, other] = [evaluator.decode(text), evaluator.decode(text)];
        expect(canonicalJson(other)).toBe(canonicalJson(one));
        const judged = [request({}), request({})].map((facts) => JSON.stringify(evaluator.decide(text, facts)));
        expect(judged[1]).toBe(judged[0]);
      }
      evaluator.drop();
    }),
    someRuns,
  );
});
