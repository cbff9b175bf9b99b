/** Any number of envelopes → one OPA bundle: read and check each, normalise, pack. Pure, and the same in any order. */
import { policyLibrary } from "../policies/library.ts";
import type { Diagnostic } from "../schema/diagnostic.ts";
import { canonicalJson, sha256 } from "../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../schema/normalised.ts";
import { normalise } from "./normalise/normalise.ts";
import { type ReadOptions, readEnvelope } from "./read/read.ts";
import { type Bundle, type BundleOptions, makeBundle } from "./targets/rego/bundle.ts";

export interface BundleMember {
  /** Every problem found in this envelope. */
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when one of them is an error. */
  readonly envelope?: { readonly id: string; readonly digest: string };
  /** The index of an earlier member that is the same envelope. */
  readonly repeats?: number;
}

export interface Bundling {
  /** One for each source, in the order given. */
  readonly members: readonly BundleMember[];
  /** Undefined when an envelope has an error, or is given twice: two files that say the same are a mistake in one of them. */
  readonly bundle?: Bundle;
}

/**
 * Bundles envelopes for an OPA server or, with `form: "wasm"`, for WebAssembly hosts. A bundle of none denies everything.
 *
 * @param sources envelope documents, UTF-8 JSON of at most 1 MiB each
 */
export function bundle(sources: readonly Uint8Array[], options: ReadOptions & BundleOptions = {}): Bundling {
  const first = new Map<string, number>();
  const envelopes: NormalisedEnvelope[] = [];
  const members = sources.map((source, index): BundleMember => {
    const { diagnostics, envelope, document } = readEnvelope(source, options);
    if (envelope === undefined || document === undefined) return { diagnostics };
    const member = { diagnostics, envelope: { id: envelope.id, digest: sha256(canonicalJson(document.value)) } };
    const repeats = first.get(member.envelope.digest);
    if (repeats !== undefined) return { ...member, repeats };
    first.set(member.envelope.digest, index);
    envelopes.push(normalise(envelope, member.envelope.digest));
    return member;
  });
  if (envelopes.length < members.length) return { members };
  return { members, bundle: makeBundle(envelopes, policyLibrary(), options) };
}
