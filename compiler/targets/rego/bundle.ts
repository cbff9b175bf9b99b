/** The files of an OPA bundle, by their path in it. */
import type { PolicyLibrary } from "../../../policies/library.ts";
import { fileDigest } from "../../../schema/file-digest.ts";
import { canonicalJson, codePointCompare, sha256 } from "../../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";

/** What stands beside the data: the sources, for a server, or the module, for WebAssembly hosts. */
export type BundleForm = "rego" | "wasm";

export interface BundleOptions {
  /** `rego` where it is not given: an OPA without a WebAssembly engine takes no bundle with a module. */
  readonly form?: BundleForm;
  /** What OPA reports as the bundle's revision; the digest where it is not given. */
  readonly revision?: string;
}

export interface Bundle {
  /** `sha256:<hex>` of the JCS of {path: digest} over all files but `.manifest`: it changes with any envelope and with the library. */
  readonly digest: string;
  readonly revision: string;
  /** In the order of the archive. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const utf8 = new TextEncoder();
/** OPA looks for modules under absolute names only. */
const modulePath = "/policy.wasm";

/** `data.json` holds the envelopes by digest, in canonical form: their order in the argument does not matter. */
export function makeBundle(
  envelopes: readonly NormalisedEnvelope[],
  { sources, wasm }: PolicyLibrary,
  { form = "rego", revision }: BundleOptions = {},
): Bundle {
  const byDigest = Object.fromEntries(envelopes.map((envelope) => [envelope.digest, envelope]));
  const data = utf8.encode(canonicalJson({ ambit: { envelopes: byDigest } }));
  const content = new Map([...(form === "wasm" ? [[modulePath, wasm] as const] : sources), ["data.json", data]]);
  const digest = sha256(
    canonicalJson(Object.fromEntries([...content].map(([path, bytes]) => [path, fileDigest(bytes)]))),
  );
  const manifest = {
    revision: revision ?? digest,
    roots: ["ambit"],
    rego_version: 1,
    metadata: { digest },
    ...(form === "wasm" ? { wasm: [{ entrypoint: "ambit/decision", module: modulePath }] } : {}),
  };
  content.set(".manifest", utf8.encode(canonicalJson(manifest)));
  return { digest, revision: manifest.revision, files: inOrder(content) };
}

/** The order of the entries is part of the bytes. */
export function inOrder(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  return new Map([...files].sort(([a], [b]) => codePointCompare(a, b)));
}
