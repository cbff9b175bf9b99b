/** Envelopes to make vectors of: the examples, and as many generated ones as a test can afford. */
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { type Compilation, compile } from "../../compiler/compile.ts";
import { exampleNames } from "../../examples/example.ts";
import type { Artefacts, Manifest, VectorReport } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { Built } from "../agreement/build/built.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";

export interface Compiled {
  readonly document: Envelope;
  readonly artefacts: Artefacts;
  readonly manifest: Manifest;
  readonly report: VectorReport;
}

const examples = new URL("../../examples/", import.meta.url);

export const exampleEnvelopes: readonly (readonly [name: string, document: Envelope])[] = await Promise.all(
  (await exampleNames()).map(async (name) => {
    const source = await readFile(new URL(`${name}/envelope.json`, examples), "utf8");
    return [name, JSON.parse(source)] as const;
  }),
);

export function compiled(document: Envelope): Compiled {
  const { artefacts, manifest, diagnostics }: Compilation = compile(new TextEncoder().encode(JSON.stringify(document)));
  if (artefacts === undefined || manifest?.vectors === undefined) throw new Error(JSON.stringify(diagnostics));
  return { document, artefacts, manifest, report: manifest.vectors };
}

/** AMBIT_SEED repeats a run, AMBIT_ENVELOPES says how many. */
export function generated(otherwise: number): { readonly seed: number; readonly built: readonly Built[] } {
  const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const numRuns = Number(process.env.AMBIT_ENVELOPES ?? otherwise);
  return { seed, built: fc.sample(envelopePlan, { seed, numRuns }).map(buildEnvelope) };
}
