/** Generated requests as Cedar hosts are asked them, and the answers that follow from the reference's. */
import fc from "fast-check";
import { artefactFiles } from "../../schema/artefacts.ts";
import { boundKindOf, boundKinds } from "../../schema/bounds.ts";
import { readContextTypes } from "../../schema/cedar/context-type.ts";
import { planCedarEncoding } from "../../schema/cedar/encode.ts";
import { entityTypes, namespace, permitId } from "../../schema/cedar/names.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { Decision } from "../../schema/verdict.ts";
import { draft, requestPlan } from "../agreement/requests.ts";
import { stock } from "../engines/cedar-host.ts";
import { compiled, generated } from "../vectors/envelopes.ts";

export interface Question {
  /** As JSON text: `{principal, action, resource, context}`. */
  readonly request: string;
  readonly verdict: Decision;
  readonly reasons: readonly string[];
  /** Nothing is granted: Cedar may name bounds of the effect besides, which the table then does not judge. */
  readonly isUngranted: boolean;
}

export interface Questioned {
  readonly policies: string;
  readonly schema: string;
  readonly questions: readonly Question[];
}

const requestsEach = 40;

export function questions(requests: number): { readonly seed: number; readonly envelopes: readonly Questioned[] } {
  const { seed, built } = generated(Math.ceil(requests / requestsEach));
  const plans = fc.sample(requestPlan, { seed, numRuns: requestsEach });
  const envelopes = built.map((each): Questioned => {
    const { artefacts, digest } = compiled(each.document);
    const [policies, schema] = [artefactFiles.cedar, artefactFiles.cedarSchema].map((path) =>
      new TextDecoder().decode(artefacts.get(path)),
    ) as [string, string];
    const read = stock.schemaToJsonWithResolvedTypes(schema);
    const types = readContextTypes(read.type === "success" ? read.json : undefined, namespace);
    if (types === undefined) throw new Error("the schema is of another form");
    const encode = planCedarEncoding(types);
    const judge = planReference(each.document, digest);
    return {
      policies,
      schema,
      questions: plans.map((plan): Question => {
        const drafted = draft(each, digest, plan);
        const request = drafted.request(drafted.fields);
        const { verdict, violations } = judge(request);
        const { principal, action, resource, context } = encode(request);
        const ids = Object.entries({ principal, action, resource }).map(
          ([kind, id]) => `"${kind}":${JSON.stringify(entity(kind as keyof typeof entityTypes, id))}`,
        );
        return {
          request: `{${ids.join()},"context":${context}}`,
          verdict,
          reasons:
            verdict === "allow" ? [permitId(action)] : violations.filter((id) => isTold(id, each.document, request)),
          isUngranted: violations.includes("granted"),
        };
      }),
    };
  });
  return { seed, envelopes };
}

/**
 * Whether Cedar can name it: it has no policy for another envelope, and is not told of an effect that is no text, which
 * matches each entry of `forbidden` that it is compared with.
 */
function isTold(id: string, { forbidden }: Envelope, { effect }: HostileRequest): boolean {
  if (id === "envelope") return false;
  if (typeof effect === "string" && effect.isWellFormed()) return true;
  const index = /^forbidden\/(\d+)$/.exec(id)?.[1];
  return index === undefined || forbidden[Number(index)]?.tool !== undefined;
}

/** What is wrong with an answer, in one line; undefined where nothing is. */
export function differenceOf(question: Question, allowed: boolean, reasons: readonly string[]): string | undefined {
  const { verdict, isUngranted } = question;
  const counted = isUngranted ? reasons.filter((id) => rowOf(id) <= rowOf("granted")) : reasons;
  const got = JSON.stringify([allowed, counted.toSorted()]);
  const wanted = JSON.stringify([verdict === "allow", question.reasons.toSorted()]);
  return got === wanted ? undefined : `got ${got}, the reference says ${wanted}: ${question.request}`;
}

/** How strong the questions are. */
export function strengthOf(envelopes: readonly Questioned[]): string {
  const counts = { allow: 0, hold: 0, deny: 0 };
  const kinds = new Set<unknown>();
  for (const { verdict, reasons } of envelopes.flatMap((each) => each.questions)) {
    counts[verdict] += 1;
    for (const id of reasons) kinds.add(boundKindOf(id)?.kind);
  }
  kinds.delete(undefined);
  return `${counts.allow} allow, ${counts.hold} hold, ${counts.deny} deny; ${kinds.size} kinds of bounds violated`;
}

const rowOf = (id: string) => boundKinds.findIndex(({ kind }) => kind === boundKindOf(id)?.kind);

function entity(kind: keyof typeof entityTypes, id: string): string {
  return `${entityTypes[kind]}::"${id.replace(/["\\]/g, "\\$&")}"`;
}
