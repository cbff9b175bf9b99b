/** A target turns one envelope into files of the artefact folder. */
import type { Manifest } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";

export interface TargetInput {
  /** The source document, byte for byte. */
  readonly source: Uint8Array;
  readonly envelope: Envelope;
  readonly normalised: NormalisedEnvelope;
}

export interface TargetOutput {
  /** Path within the artefact folder → content. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly constant?: Manifest["constant"];
}

export type Target = (input: TargetInput) => TargetOutput;
