/** The emitted policies as claims are made about them. */
import { schemaToJsonWithResolvedTypes } from "@cedar-policy/cedar-wasm/nodejs";
import { concerns, type PolicyText, readPolicies } from "../../runtime/engines/cedar/policy-text.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import { type ContextTypes, readContextTypes } from "../../schema/cedar/context-type.ts";
import { namespace } from "../../schema/cedar/names.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { allowedVectors } from "./allowed-vectors.ts";
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
  /** For each effect a boundary vector that is to be allowed; undefined where there are no vectors at all. */
  readonly vectors: ReadonlyMap<string, HostileRequest> | undefined;
}

/** @throws Error for artefacts that are not of the form that Ambit compiles */
export function emittedOf(envelope: Envelope, digest: string, artefacts: Artefacts): Emitted {
  const [policies, schema] = [textOf(artefacts, artefactFiles.cedar), textOf(artefacts, artefactFiles.cedarSchema)];
  const read = readPolicies(policies)?.map((policy) => ({ ...policy, text: rightNested(policy.text) }));
  if (read === undefined || read.some(({ resource }) => resource !== digest)) {
    throw new Error(`\`${artefactFiles.cedar}\` is not of the form that Ambit compiles this envelope to`);
  }
  const parsed = schemaToJsonWithResolvedTypes(schema);
  const contexts = parsed.type === "success" ? readContextTypes(parsed.json, namespace) : undefined;
  if (contexts === undefined)
    throw new Error(`\`${artefactFiles.cedarSchema}\` is not of the form that Ambit compiles`);
  return { envelope, digest, policies: read, schema, contexts, vectors: allowedVectors(artefacts) };
}

function textOf(artefacts: Artefacts, path: string): string {
  return new TextDecoder().decode(artefacts.get(path));
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
