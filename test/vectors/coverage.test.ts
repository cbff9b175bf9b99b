/** Each bound that can be violated alone is so in some vector; what the manifest says of the others is true of other requests too. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { planReference } from "../../schema/reference/evaluate.ts";
import { draft, requestPlan } from "../agreement/requests.ts";
import { figure } from "../figure.ts";
import { exampleEnvelopes, generated, vectorsOf } from "./envelopes.ts";
import { replay } from "./replay.ts";

const requestsEach = Number(process.env.AMBIT_REQUESTS ?? 60);

test.each(exampleEnvelopes)("the manifest of %s says which bounds its vectors violate alone", (_, document) => {
  const { artefacts, report } = vectorsOf(document);
  const alone = new Set(replay(artefacts).flatMap(({ want }) => (want.violations.length === 1 ? want.violations : [])));
  alone.delete("envelope");
  expect(alone.size).toBe(report.alone);
  for (const id of Object.keys(report.notAlone)) expect(alone).not.toContain(id);
  expect(report.alone + Object.keys(report.notAlone).length).toBe(report.bounds);
});

/** A search finds what it finds: always on the same envelopes, so that it is known to find all there is in these. */
const { seed, built } = generated(200, 114);

test(`no request violates alone what the vectors of ${built.length} generated envelopes do not`, {
  timeout: 60_000 + built.length * 1_000,
}, () => {
  const counts = { bounds: 0, alone: 0, requests: 0, seenAlone: 0 };
  const plans = fc.sample(requestPlan, { seed, numRuns: requestsEach });
  for (const each of built) {
    const { document, digest, report } = vectorsOf(each.document);
    counts.bounds += report.bounds;
    counts.alone += report.alone;
    const judge = planReference(document, digest);
    for (const plan of plans) {
      const drafted = draft(each, digest, plan);
      const { violations } = judge(drafted.request(drafted.fields));
      const failed = `AMBIT_SEED=${seed}: ${violations.join()} of ${JSON.stringify(document)}`;
      counts.requests += 1;
      if (violations.length === 1) {
        counts.seenAlone += 1;
        expect(report.notAlone, failed).not.toHaveProperty([violations[0]!]);
      }
      for (const id of violations) {
        expect(report.notAlone[id], failed).not.toBe("no request violates it");
      }
    }
  }
  figure(
    `${counts.alone} of ${counts.bounds} bounds of ${built.length} generated envelopes are the only one violated in some vector; the others are listed with the reason, and ${counts.seenAlone} other requests with one violation found none more`,
  );
  expect(counts.seenAlone).toBeGreaterThan(counts.requests / 10);
});
