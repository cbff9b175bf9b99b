/** A target turns one envelope into files of the artefact folder. */
import type { Manifest, VectorReport } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";

export interface TargetInput {
  /** The source document, byte for byte. */
  readonly source: Uint8Array;
  readonly envelope: Envelope;
  readonly normalised: NormalisedEnvelope;
}

/** Not about the envelope, but about what the product that a target writes for makes of it. */
export interface Notice {
  readonly severity: "warning" | "note";
  /** The policy, or other part, that it is about. */
  readonly policy: string;
  readonly message: string;
  /** The bounds concerned. */
  readonly bounds?: readonly string[];
}

export interface TargetOutput {
  /** Path within the artefact folder → content. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly constant?: Manifest["constant"];
  readonly vectors?: VectorReport;
  /** What the author has to know about these files; a warning counts as one of `--strict`. */
  readonly notices?: readonly Notice[];
}

export type Target = (input: TargetInput) => TargetOutput;
