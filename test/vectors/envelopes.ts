/** Envelopes to make vectors of: the examples, and as many generated ones as a test can afford. */
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { compile } from "../../compiler/compile.ts";
import { normalise } from "../../compiler/normalise/normalise.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { emitVectors } from "../../compiler/targets/vectors/emit.ts";
import { exampleNames } from "../../examples/example.ts";
import type { Artefacts, VectorReport } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { Built } from "../agreement/build/built.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";

export interface WithVectors {
  readonly document: Envelope;
  /** The three files, or all of them. */
  readonly artefacts: Artefacts;
  readonly digest: string;
  readonly report: VectorReport;
}

const examples = new URL("../../examples/", import.meta.url);

export const exampleEnvelopes: readonly (readonly [name: string, document: Envelope])[] = await Promise.all(
  (await exampleNames()).map(async (name) => {
    const source = await readFile(new URL(`${name}/envelope.json`, examples), "utf8");
    return [name, JSON.parse(source)] as const;
  }),
);

export function compiled(document: Envelope): WithVectors {
  const { artefacts, manifest, diagnostics } = compile(bytesOf(document));
  if (artefacts === undefined || manifest?.vectors === undefined) throw new Error(JSON.stringify(diagnostics));
  return { document, artefacts, digest: manifest.envelope, report: manifest.vectors };
}

/** The vectors as `compile` makes them, and nothing else. */
export function vectorsOf(document: Envelope): WithVectors {
  const source = bytesOf(document);
  const { envelope, diagnostics } = readEnvelope(source);
  if (envelope === undefined) throw new Error(JSON.stringify(diagnostics));
  const digest = sha256(canonicalJson(document));
  const { files, vectors: report } = emitVectors({ source, envelope, normalised: normalise(envelope, digest) });
  if (report === undefined) throw new Error("there is no report");
  const artefacts = new Map(Array.from(files, ([path, text]) => [path, new TextEncoder().encode(String(text))]));
  return { document, artefacts, digest, report };
}

function bytesOf(document: Envelope): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

/** AMBIT_SEED repeats a run, AMBIT_ENVELOPES says how many. */
export function generated(
  count: number,
  defaultSeed = Math.floor(Math.random() * 2 ** 31),
): { readonly seed: number; readonly built: readonly Built[] } {
  const seed = Number(process.env.AMBIT_SEED ?? defaultSeed);
  const numRuns = Number(process.env.AMBIT_ENVELOPES ?? count);
  return { seed, built: fc.sample(envelopePlan, { seed, numRuns }).map(buildEnvelope) };
}
