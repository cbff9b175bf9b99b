/** NormalisedEnvelope → `policy.cedar` and `schema.cedarschema` (SPEC §6). */
import { artefactFiles, type Manifest } from "../../../schema/artefacts.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";
import { printSchema, requireValid } from "./cedar.ts";
import { CompileBug } from "./compile-bug.ts";
import { constantBounds } from "./constant.ts";
import { judgedActions } from "./judged.ts";
import { forbidsOf, permitsOf } from "./policy.ts";
import { policyPrinter } from "./print.ts";
import { schemaOf } from "./schema.ts";

export interface CedarOutput {
  readonly files: ReadonlyMap<string, string>;
  /** Bounds that are decided when compiled, by action: the effects, `""`, and effects that are only named elsewhere. */
  readonly constant: Manifest["constant"];
}

/**
 * Deterministic: the same normalised envelope gives the same bytes. The text is Cedar's own, formatted, strictly valid and
 * without warnings, which Cedar itself is asked each time.
 *
 * @param pointerOf where a bound is written in the source document, for the `@pointer` of its forbid
 * @throws CompileBug if Cedar refuses what was emitted
 */
export function emitCedar(envelope: NormalisedEnvelope, pointerOf?: (id: string) => string): CedarOutput {
  requireNamed(envelope);
  const actions = judgedActions(envelope);
  const print = policyPrinter(envelope.digest);
  const policies = [
    ...permitsOf(actions).map(print.permit),
    ...print.forbids(forbidsOf(actions).map((forbid) => ({ forbid, pointer: pointerOf?.(forbid.id) }))),
  ].join("\n");
  const schema = printSchema(schemaOf(actions));
  requireValid(policies, schema);
  return {
    files: new Map([
      [artefactFiles.cedar, policies],
      [artefactFiles.cedarSchema, schema],
    ]),
    constant: constantBounds(actions),
  };
}

/** The empty id stands for a principal or resource that is no string, and the empty action for no effect. */
function requireNamed({ digest, bounds, effects }: NormalisedEnvelope): void {
  const principals = (bounds.principal ?? []).map(({ is }) => is);
  const names = [digest, ...principals, ...Object.keys(effects)];
  if (names.includes("")) throw new CompileBug("the digest, a principal or an effect has no name");
}
