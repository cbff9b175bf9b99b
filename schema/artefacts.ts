/** The files that one envelope compiles to (SPEC §6), by path within the artefact folder. */
export const artefactFiles = {
  source: "envelope.json",
  cedar: "policy.cedar",
  cedarSchema: "schema.cedarschema",
  bundle: "bundle.tar.gz",
  data: "bundle/data.json",
  wasm: "policy.wasm",
  sheet: "envelope.md",
  types: "types.ts",
  vectors: "vectors.jsonl",
  vectorsRego: "vectors_test.rego",
  vectorsCedar: "vectors.cedar.json",
  manifest: "manifest.json",
  /** Only where asked for: the targets `cedar-json` and `avp`. */
  cedarJson: "policies.json",
  cedarSchemaJson: "schema.json",
  avpPolicies: "avp/policies.json",
  avpSchema: "avp/schema.json",
} as const;

/** An artefact folder in memory: path → bytes. */
export type Artefacts = ReadonlyMap<string, Uint8Array>;

export interface Manifest {
  readonly ambit: "1";
  /** `sha256:<hex>` of the JCS form of the source document: what people sign. */
  readonly envelope: string;
  /** `sha256:<hex>` of the JCS of the normalised envelope. */
  readonly normalised: string;
  /** `sha256:<hex>` of the JCS of `files`, without the manifest, bundle.tar.gz and signatures. */
  readonly policy: string;
  /** `sha256:<hex>` of the JCS of this document without this member. */
  readonly manifest: string;
  /** Path → `sha256:<hex>` of its bytes. */
  readonly files: Readonly<Record<string, string>>;
  readonly versions: {
    readonly ambit: string;
    readonly cedar: string;
    readonly opa: string;
    readonly tzdata: string;
    readonly language: string;
  };
  /** Bounds that always hold, or never, per effect: they have no forbid there, or an unconditional one. */
  readonly constant: Readonly<
    Record<string, { readonly always: readonly string[]; readonly never: readonly string[] }>
  >;
  /** What the boundary vectors show; not there where no vectors were written. */
  readonly vectors?: VectorReport;
}

export interface VectorReport {
  /** The lines of `vectors.jsonl`. */
  readonly lines: number;
  /** As many of them as `vectors.cedar.json` holds. */
  readonly cedarTests: number;
  readonly bounds: number;
  /** The bounds that are, in some vector, the only one violated. */
  readonly alone: number;
  /** Why not, for each other bound, by its id. */
  readonly notAlone: Readonly<Record<string, string>>;
}
