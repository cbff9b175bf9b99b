/** Every bound of an envelope at every action that it is judged at, and when it holds there. */
import { type BoundKind, boundKinds } from "../../../schema/bounds.ts";
import { reservedAction } from "../../../schema/cedar/names.ts";
import { codePointCompare } from "../../../schema/json/canonical.ts";
import type { Bound, BoundsByKind, NormalisedEnvelope } from "../../../schema/normalised.ts";
import type { Condition } from "./condition.ts";
import type { Place } from "./conditions/place.ts";
import { conditions } from "./conditions/table.ts";

export interface JudgedAction {
  readonly action: string;
  /** An effect of the envelope; the other actions have no permit. */
  readonly isEffect: boolean;
  /** In the table's order, then by id in code point order. */
  readonly bounds: readonly JudgedBound[];
}

export interface JudgedBound {
  readonly id: string;
  /** The bound's row in the table of bounds. */
  readonly row: number;
  readonly code: string;
  readonly condition: Condition;
}

/**
 * The effects, the reserved action, and one action for each effect that the envelope only names: a request forged for one
 * of those gets the answer that is written for it.
 */
export function judgedActions(envelope: NormalisedEnvelope): readonly JudgedAction[] {
  const places: Place[] = Object.entries(envelope.effects).map(([action, { tools }]) => ({ action, tools }));
  const others = [reservedAction, ...namedElsewhere(envelope)].map((action): Place => ({ action }));
  return [...places, ...others]
    .sort((a, b) => codePointCompare(a.action, b.action))
    .map((place) => ({
      action: place.action,
      isEffect: place.tools !== undefined,
      bounds: judgedBounds(envelope, place),
    }));
}

function namedElsewhere({ effects, bounds }: NormalisedEnvelope): readonly string[] {
  const lists = [...(bounds.forbidden ?? []), ...(bounds.evidence ?? [])].flatMap((bound) =>
    "effects" in bound && bound.effects !== undefined ? Object.keys(bound.effects) : [],
  );
  return [...new Set(lists)].filter((name) => !Object.hasOwn(effects, name));
}

function judgedBounds(envelope: NormalisedEnvelope, place: Place): readonly JudgedBound[] {
  const ofEffect = place.tools === undefined ? {} : (envelope.effects[place.action]?.bounds ?? {});
  const bounds: BoundsByKind<BoundKind> = { ...envelope.bounds, ...ofEffect };
  return boundKinds.flatMap(({ kind, code }, row) =>
    judgedBoundsOfKind(kind, bounds, place)
      .map(({ id, condition }) => ({ id, row, code, condition }))
      .sort((a, b) => codePointCompare(a.id, b.id)),
  );
}

function judgedBoundsOfKind<K extends BoundKind>(kind: K, bounds: BoundsByKind<K>, place: Place) {
  const list: readonly Bound<K>[] = bounds[kind] ?? [];
  return list.flatMap((bound) => {
    const condition = conditions[kind](bound, place);
    return condition === undefined ? [] : [{ id: bound.id, condition }];
  });
}
