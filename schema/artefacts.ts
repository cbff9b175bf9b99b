/** The files that one envelope compiles to (SPEC §6), by path within the artefact folder. */
export const artefactFiles = {
  source: "envelope.json",
  cedar: "policy.cedar",
  cedarSchema: "schema.cedarschema",
  bundle: "bundle.tar.gz",
  data: "bundle/data.json",
  wasm: "policy.wasm",
  sheet: "envelope.md",
  manifest: "manifest.json",
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
}
