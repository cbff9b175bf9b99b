/** What `policy.lock.json` pins: the compiler, every source and the module that they make. */
export interface PolicyLock {
  /** The release of OPA that compiles the library. */
  readonly opa: string;
  readonly entrypoint: string;
  /** Source path within `policies/` → `sha256:<hex>`, in code point order. */
  readonly sources: Readonly<Record<string, string>>;
  readonly wasm: { readonly digest: string; readonly size: number };
}
