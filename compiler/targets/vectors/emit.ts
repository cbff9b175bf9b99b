/** The boundary vectors target: for any host, for `opa test` and for `cedar run-tests` (SPEC §6). */
import { artefactFiles } from "../../../schema/artefacts.ts";
import { contextTypesOf } from "../cedar/context-types.ts";
import { judgedActions } from "../cedar/judged.ts";
import type { TargetInput, TargetOutput } from "../target.ts";
import { cedarTests } from "./cedar-tests.ts";
import { regoTest } from "./rego-test.ts";
import { makeVectors } from "./vectors.ts";

export function emitVectors({ envelope, normalised }: TargetInput): TargetOutput {
  const vectors = makeVectors(envelope, normalised, contextTypesOf(judgedActions(normalised)));
  const forCedar = cedarTests(vectors);
  const { lines, report } = vectors;
  return {
    files: new Map([
      [artefactFiles.vectors, lines.map((line) => `${JSON.stringify(line)}\n`).join("")],
      [artefactFiles.vectorsRego, regoTest(vectors)],
      [artefactFiles.vectorsCedar, forCedar.text],
    ]),
    vectors: { lines: lines.length, cedarTests: forCedar.count, ...report },
  };
}
