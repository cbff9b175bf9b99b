/** NormalisedEnvelope → what Amazon Verified Permissions takes: `avp/policies.json` and `avp/schema.json` (SPEC §13). */
import { artefactFiles } from "../../../schema/artefacts.ts";
import { reservedAction } from "../../../schema/cedar/names.ts";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";
import { printSchema, requireValid } from "../cedar/cedar.ts";
import { type JudgedAction, judgedActions } from "../cedar/judged.ts";
import { type Forbid, forbidsOf, permitsOf } from "../cedar/policy.ts";
import { policyPrinter } from "../cedar/print.ts";
import { schemaOf } from "../cedar/schema.ts";
import { plainSchema } from "../cedar-json/plain-schema.ts";
import type { Notice, TargetOutput } from "../target.ts";
import { type Fitting, fitForbid, fitPermit } from "./fit.ts";
import { leftOut, overflowing, sizes, withoutForbid, withoutPermit } from "./notices.ts";
import { quotas } from "./quotas.ts";

interface Statement {
  readonly id: string;
  readonly kind: "permit" | "forbid";
  readonly text: string;
}

/**
 * The same policies as `policy.cedar`, each within the size quota, without the reserved action, which the service cannot be
 * asked about. Forbids stand before permits: whoever creates the policies in this order never permits more than the envelope.
 *
 * A permit that is too large carries as many conditions as fit, and the others rest on their forbids, which never err. A
 * bound whose forbid is too large must be in the permit; where that does not fit either, the effect has no permit.
 *
 * @param policyBytes the quota of one policy
 * @throws CompileBug if Cedar refuses what was emitted
 */
export function emitAvp(
  envelope: NormalisedEnvelope,
  pointerOf?: (id: string) => string,
  policyBytes: number = quotas.policyBytes,
): TargetOutput {
  const actions = judgedActions(envelope).filter(({ action }) => action !== reservedAction);
  const fitting: Fitting = { print: policyPrinter(envelope.digest), digest: envelope.digest, policyBytes };
  const notices: Notice[] = [];

  const forbids: Statement[] = [];
  const unforbidden = new Map<string, Set<string>>();
  for (const forbid of forbidsOf(actions)) {
    for (const part of partsOf(forbid, actions, fitting, pointerOf)) {
      const text = fitForbid(part, pointerOf?.(part.id), fitting);
      if (text !== undefined) forbids.push({ id: part.id, kind: "forbid", text });
      else {
        notices.push(withoutForbid(part, policyBytes));
        for (const action of part.actions ?? actions.map(({ action }) => action))
          unforbidden.set(action, (unforbidden.get(action) ?? new Set()).add(part.id));
      }
    }
  }

  const permits: Statement[] = [];
  for (const permit of permitsOf(actions)) {
    const needed = unforbidden.get(permit.action) ?? new Set<string>();
    const fitted = fitPermit(permit, needed, fitting);
    if (fitted === undefined) notices.push(withoutPermit(permit, needed, policyBytes));
    else {
      permits.push({ id: permit.id, kind: "permit", text: fitted.statement });
      if (fitted.restsOnForbids.length > 0) notices.push(overflowing(permit, fitted, policyBytes));
    }
  }

  const statements = [...forbids, ...permits];
  const schema = schemaOf(actions);
  const schemaText = canonicalJson(plainSchema(schema));
  requireValid(statements.map(({ text }) => text).join("\n"), printSchema(schema));
  notices.push(
    ...sizes(
      statements.map(({ text }) => text),
      schemaText,
    ),
    leftOut,
  );
  return {
    files: new Map([
      [artefactFiles.avpPolicies, `${JSON.stringify(statements.map(definitionOf), null, 2)}\n`],
      [artefactFiles.avpSchema, `${JSON.stringify({ cedarJson: schemaText })}\n`],
    ]),
    notices,
  };
}

/** One forbid for all of its actions if that fits, else one for each of them. */
function partsOf(
  forbid: Forbid,
  actions: readonly JudgedAction[],
  fitting: Fitting,
  pointerOf: ((id: string) => string) | undefined,
): readonly Forbid[] {
  if (fitForbid(forbid, pointerOf?.(forbid.id), fitting) !== undefined) return [forbid];
  return actions
    .filter(({ action }) => forbid.actions === undefined || forbid.actions.includes(action))
    .flatMap((judged) =>
      forbidsOf([judged])
        .filter(({ id }) => id === forbid.id)
        .map((part) => ({ ...part, actions: [judged.action] })),
    );
}

/** The `definition` of a CreatePolicy request. */
function definitionOf({ id, kind, text }: Statement) {
  const description = `${kind} ${id.replace(/^permit\//, "")}`;
  const short = [...description].slice(0, quotas.descriptionCharacters).join("");
  return { static: { description: short, statement: text } };
}
