/** One envelope's policies as data: a permit for each effect, and a forbid for each bound over the actions it concerns. */
import { permitId } from "../../../schema/cedar/names.ts";
import { codePointCompare } from "../../../schema/json/canonical.ts";
import { all, any, type Condition, expressionOf, test } from "./condition.ts";
import { entity, equal, isIn, variable } from "./expression.ts";
import type { JudgedAction, JudgedBound } from "./judged.ts";

export type OpenCondition = Exclude<Condition, boolean>;

export interface Permit {
  readonly id: string;
  readonly action: string;
  /** All of them must hold. */
  readonly clauses: readonly { readonly id: string; readonly condition: OpenCondition }[];
}

export interface Forbid {
  /** The id of the bound. */
  readonly id: string;
  readonly code: string;
  /** Undefined: every action. */
  readonly actions: readonly string[] | undefined;
  /** It forbids unless this holds; undefined: always. */
  readonly unless: OpenCondition | undefined;
}

/** None for an effect that a bound rules out for good. */
export function permitsOf(actions: readonly JudgedAction[]): readonly Permit[] {
  return actions.flatMap(({ action, isEffect, bounds }) => {
    if (!isEffect || bounds.some(({ condition }) => condition === false)) return [];
    const clauses = bounds.flatMap(({ id, condition }) => (typeof condition === "boolean" ? [] : [{ id, condition }]));
    return [{ id: permitId(action), action, clauses }];
  });
}

/** In the table's order. None for a bound that always holds. */
export function forbidsOf(actions: readonly JudgedAction[]): readonly Forbid[] {
  const byId = new Map<string, Judgement[]>();
  for (const { action, bounds } of actions) {
    for (const bound of bounds.filter(({ condition }) => condition !== true)) {
      const judgements = byId.get(bound.id) ?? [];
      judgements.push({ action, bound });
      byId.set(bound.id, judgements);
    }
  }
  return [...byId.values()]
    .map((judgements) => ({ judgements, bound: judgements[0]!.bound }))
    .sort((a, b) => a.bound.row - b.bound.row || codePointCompare(a.bound.id, b.bound.id))
    .map(({ judgements, bound: { id, code } }) => ({
      id,
      code,
      actions: judgements.length === actions.length ? undefined : judgements.map(({ action }) => action),
      unless: holdsAnywhere(judgements),
    }));
}

interface Judgement {
  readonly action: string;
  readonly bound: JudgedBound;
}

/** One condition where the actions agree on it, else one for each group of actions that do; undefined where none can hold. */
function holdsAnywhere(judgements: readonly Judgement[]): OpenCondition | undefined {
  const groups = new Map<string, { readonly actions: string[]; readonly condition: Condition }>();
  for (const { action, bound } of judgements) {
    const { condition } = bound;
    const key = typeof condition === "boolean" ? String(condition) : JSON.stringify(expressionOf(condition));
    const group = groups.get(key) ?? { actions: [], condition };
    group.actions.push(action);
    groups.set(key, group);
  }
  const [first, ...others] = groups.values();
  const condition =
    others.length === 0
      ? (first?.condition ?? false)
      : any([...groups.values()].map((group) => all([test(actionIn(group.actions)), group.condition])));
  return typeof condition === "boolean" ? undefined : condition;
}

function actionIn(actions: readonly string[]) {
  const entities = actions.map((action) => entity("action", action));
  const [only, ...others] = entities;
  return only !== undefined && others.length === 0
    ? equal(variable("action"), only)
    : isIn(variable("action"), entities);
}
