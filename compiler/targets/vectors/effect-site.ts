/** The base request of an effect: as many bounds kept as can be. */
import type { Envelope } from "../../../schema/envelope.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";
import { requestFor } from "./base.ts";
import type { Change, Json } from "./change.ts";
import { type FieldPlans, fieldsOfBounds, planFields } from "./field-plan.ts";
import type { Judge } from "./judge.ts";
import { type Moves, planMoves } from "./moves.ts";
import { repair } from "./repair.ts";

export interface EffectSite {
  readonly name: string;
  readonly request: Json;
  readonly judge: Judge;
  readonly plans: FieldPlans;
  readonly moves: Moves;
}

export function effectSite(
  name: string,
  envelope: Envelope,
  normalised: NormalisedEnvelope,
  root: Json,
  judgeOf: (request: Json) => Judge,
): EffectSite {
  const effect = normalised.effects[name]!;
  const plans = planFields(envelope.effects[name]!, effect);
  const moves = planMoves(plans, fieldsOfBounds(effect));
  const forbidden = new Set(
    (normalised.bounds.forbidden ?? []).flatMap((bound) => ("tool" in bound ? [bound.tool] : [])),
  );
  const guess = requestFor(name, effect, plans, root, forbidden);
  const kept = settled(guess, judgeOf, [], moves);
  const nobody = (effect.bounds.approval ?? []).map(
    ({ id }): Change => ({ path: ["state", "approvals", id], value: 0 }),
  );
  const { request, judge } = nobody.length === 0 ? kept : settled(kept.request, judgeOf, nobody, moves, kept.judge);
  return { name, request, judge, plans, moves };
}

/** The request with the changes that leave the fewest bounds violated, even where `burden` is added. */
function settled(
  request: Json,
  judgeOf: (request: Json) => Judge,
  burden: readonly Change[],
  moves: Moves,
  known?: Judge,
) {
  const judge = known ?? judgeOf(request);
  if (burden.length === 0 && judge.violations.length === 0) return { request, judge };
  const { changes, violations } = repair(judge, burden, moves);
  if (changes.length === 0 || violations.length > judge.violations.length) return { request, judge };
  const fields = Object.fromEntries(changes.map(({ path, value }) => [path[1] ?? "", value]));
  const better = { ...request, fields: { ...(request.fields as Json), ...fields } };
  return { request: better, judge: judgeOf(better) };
}
