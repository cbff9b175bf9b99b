/** A recorded verdict, judged again from nothing but its record (SPEC §7). */
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { EngineRecorded } from "../../schema/ledger.ts";
import type { EngineName } from "../../schema/verdict.ts";
import type { Decided } from "../decide.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { decidedEntry } from "../session/decided-entry.ts";
import { withRefusals } from "../session/holds/refused.ts";

/** One thing that is said otherwise now; both in JCS form. */
export interface Difference {
  readonly seq: number;
  readonly what: "verdict" | "violations" | "engines" | EngineName;
  readonly recorded: string;
  readonly now: string;
}

export type Replayed =
  | { readonly outcome: "replayed"; readonly differences: readonly Difference[] }
  /** No engine was asked: the call could not be decoded, or its session could not answer. Beyond its hash nothing can be shown. */
  | { readonly outcome: "unjudged" };

/** @param judge the engines, all of which must agree; total */
export function replay(
  { seq, at, body }: LedgerRecord<"decided">,
  judge: (request: object) => Decided,
  engines: readonly EngineName[],
): Replayed {
  const { request, proposalHash, verdict, violations } = body;
  // Only a deny may stand without having been judged.
  if (verdict === "deny" && (request === null || body.engines.length === 0)) return { outcome: "unjudged" };
  const judged = judge(request ?? {});
  // People's refusals are no engine's: the ledger tells of them.
  const refused = violations.flatMap(({ code, ...rest }) =>
    code === "APPROVAL_REFUSED" ? [{ ...rest, code } as const] : [],
  );
  const decided = { ...judged, verdict: withRefusals(judged.verdict, refused) };
  const { body: now } = decidedEntry(at, decided, { hash: proposalHash ?? undefined, id: undefined }, undefined);
  const differences: Difference[] = [];
  const compare = (what: Difference["what"], before: unknown, after: unknown) => {
    const [recorded, answered] = [canonicalJson(before), canonicalJson(after)];
    if (recorded !== answered) differences.push({ seq, what, recorded, now: answered });
  };
  for (const answer of answersOf(body.engines, engines))
    compare(answer.engine, answer, now.engines.find(({ engine }) => engine === answer.engine) ?? null);
  if (body.engines.length === 0) compare("engines", body.engines, now.engines);
  // A fault of an engine is of its moment: what the others said still stands, the verdict for it does not come again.
  const isFault = violations.some(({ id }) => id === "engine");
  if (!isFault || verdict !== "deny" || decided.report !== undefined) {
    compare("verdict", verdict, now.verdict);
    compare("violations", violations, now.violations);
  }
  return { outcome: "replayed", differences };
}

/** What the engines that are asked again have said; those that failed have said nothing. */
function answersOf(recorded: readonly EngineRecorded[], engines: readonly EngineName[]): readonly EngineRecorded[] {
  return recorded.filter(({ engine, verdict }) => verdict !== undefined && engines.includes(engine));
}
