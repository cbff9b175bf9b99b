/** The emitted policies as claims are made about them. */
import { schemaToJsonWithResolvedTypes } from "@cedar-policy/cedar-wasm/nodejs";
import { concerns, type PolicyText, readPolicies } from "../../runtime/engines/cedar/policy-text.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import { type ContextTypes, readContextTypes } from "../../schema/cedar/context-type.ts";
import { namespace } from "../../schema/cedar/names.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { rightNested } from "./right-nested.ts";

export interface Emitted {
  readonly envelope: Envelope;
  /** `sha256:<hex>` of the envelope, to which every policy is scoped. */
  readonly digest: string;
  /** Their long chains nested to the right. */
  readonly policies: readonly PolicyText[];
  /** In Cedar's own form. */
  readonly schema: string;
  /** The same, read. */
  readonly contexts: ContextTypes;
}

/** @throws Error for policies that are not of the form that Ambit compiles */
export function emittedOf(
  envelope: Envelope,
  digest: string,
  { policies, schema }: { readonly policies: string; readonly schema: string },
): Emitted {
  const read = readPolicies(policies)?.map((policy) => ({ ...policy, text: rightNested(policy.text) }));
  if (read === undefined || read.some(({ resource }) => resource !== digest)) {
    throw new Error(`\`${artefactFiles.cedar}\` is not of the form that Ambit compiles this envelope to`);
  }
  const parsed = schemaToJsonWithResolvedTypes(schema);
  const contexts = parsed.type === "success" ? readContextTypes(parsed.json, namespace) : undefined;
  if (contexts === undefined)
    throw new Error(`\`${artefactFiles.cedarSchema}\` is not of the form that Ambit compiles`);
  return { envelope, digest, policies: read, schema, contexts };
}

export interface AtAction {
  readonly permits: readonly PolicyText[];
  readonly forbids: readonly PolicyText[];
}

export function policiesAt({ policies }: Emitted, action: string): AtAction {
  const concerned = policies.filter((policy) => concerns(policy, action));
  return {
    permits: concerned.filter(({ effect }) => effect === "permit"),
    forbids: concerned.filter(({ effect }) => effect === "forbid"),
  };
}
