/** Cedar, Rego and the reference answer every vector as it says, and Cedar's side of it is the request's own encoding. */
import { describe, expect, test } from "vitest";
import { artefactFiles } from "../../schema/artefacts.ts";
import { readContextTypes } from "../../schema/cedar/context-type.ts";
import { planCedarEncoding } from "../../schema/cedar/encode.ts";
import { namespace } from "../../schema/cedar/names.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { agreed, loadEverywhere } from "../agreement/engines.ts";
import { stock } from "../engines/cedar-host.ts";
import { figure } from "../figure.ts";
import { compiled, exampleEnvelopes, generated } from "./envelopes.ts";
import { type Replayed, replay } from "./replay.ts";

describe("the vectors of an example", () => {
  test.each(exampleEnvelopes)("%s", (_, document) => {
    expect(judgedAsWanted(document)).toBeGreaterThan(100);
  });
});

const { seed, built } = generated(25);

test(`the vectors of ${built.length} generated envelopes`, { timeout: 60_000 + built.length * 2_000 }, () => {
  let vectors = 0;
  for (const [index, { document }] of built.entries()) {
    try {
      vectors += judgedAsWanted(document);
    } catch (cause) {
      throw new Error(`AMBIT_SEED=${seed}, envelope ${index}: ${String(cause)}\n${JSON.stringify(document)}`);
    }
  }
  figure(
    `${vectors} vectors of ${built.length} generated envelopes, judged as wanted by Cedar, Rego and the reference`,
  );
});

/** How many there are; throws at the first that is judged otherwise. */
function judgedAsWanted(document: Envelope): number {
  const { artefacts, report } = compiled(document);
  const vectors = replay(artefacts);
  const evaluator = loadEverywhere(document);
  const schema = stock.schemaToJsonWithResolvedTypes(
    new TextDecoder().decode(artefacts.get(artefactFiles.cedarSchema)),
  );
  const types = readContextTypes(schema.type === "success" ? schema.json : undefined, namespace);
  const encode = planCedarEncoding(types ?? new Map());
  for (const { id, request, cedar, want } of vectors) {
    const verdict = evaluator.judge(request);
    const answer = { ...agreed(() => verdict), ...(verdict.code === null ? {} : { code: verdict.code }) };
    const encoded = encode(request);
    const asked = { ...encoded, context: JSON.parse(encoded.context) };
    if (canonicalJson([answer, asked]) !== canonicalJson([want, cedar]))
      expect({ id, answer, cedar: asked }).toEqual({ id, answer: want, cedar });
  }
  evaluator.drop();
  expect(vectors.length).toBe(report.lines);
  return vectors.length;
}

test("a vector that wants something else would be noticed", () => {
  const [, document] = exampleEnvelopes.find(([name]) => name === "trading")!;
  const evaluator = loadEverywhere(document);
  const wrong = replay(compiled(document).artefacts).filter((vector) => !isAnswered(vector));
  expect(wrong).toEqual([]);
  const other: Envelope = { ...document, principal: "agent:other" };
  expect(replay(compiled(other).artefacts).filter((vector) => !isAnswered(vector)).length).toBeGreaterThan(100);
  evaluator.drop();

  function isAnswered({ request, want }: Replayed): boolean {
    const { verdict, violations } = agreed(() => evaluator.judge(request));
    return verdict === want.verdict && violations.join() === want.violations.join();
  }
});
