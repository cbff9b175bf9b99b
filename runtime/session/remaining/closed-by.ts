/** Why an effect is closed, as the engines themselves say it of a call that carries the least of everything. */

import { type BoundKind, boundKindOf } from "../../../schema/bounds.ts";
import type { Effect } from "../../../schema/envelope.ts";
import type { FieldValue } from "../../../schema/request.ts";
import type { Violation } from "../../../schema/verdict.ts";
import type { Evaluator } from "../../evaluator.ts";
import type { FactsPlan } from "../../ledger/facts/facts.ts";
import type { SessionState } from "../../ledger/state.ts";
import { buildRequest } from "../../request.ts";
import type { NumberField } from "./amounts.ts";
import { fieldApart, type Room } from "./limits.ts";

export interface Reach {
  /** Through which the effect is open. */
  readonly tools: readonly string[];
  /** Empty where it is open. */
  readonly closedBy: readonly Violation[];
}

/** What only the targets of a call, or people, decide: such a call names no target and has no approval. */
const ofTheCall: ReadonlySet<BoundKind | undefined> = new Set(["allow", "rows", "relations", "approval", "channel"]);

export function reachOf(
  evaluator: Evaluator,
  facts: FactsPlan,
  name: string,
  effect: Effect,
  rooms: readonly Room[],
  numbers: readonly NumberField[],
  state: SessionState,
  now: number,
): Reach {
  const fields = leastFields(numbers);
  const { envelope, envelopeDigest } = evaluator;
  const known = {
    principal: envelope.principal,
    now,
    justified: true,
    state: facts.stateOf(state, { effect: name, fields, proposalHash: "" }, now),
  };
  const apart = new Set(rooms.flatMap(({ meter }) => (fieldApart(meter) === undefined ? [] : meter.id)));
  const tools = [...new Set(effect.tools.map((tool) => (typeof tool === "string" ? tool : tool.tool)))];
  const answers = tools.map((tool) => {
    const { violations } = evaluator.judge(
      buildRequest(envelopeDigest, { effect: name, tool, fields, args: {} }, known),
    );
    return violations.filter(({ id }) => !ofTheCall.has(boundKindOf(id)?.kind) && !apart.has(id));
  });
  const open = tools.filter((_, index) => answers[index]?.length === 0);
  return { tools: open, closedBy: open.length > 0 ? [] : (answers[0] ?? []) };
}

function leastFields(numbers: readonly NumberField[]): Readonly<Record<string, FieldValue>> {
  const fields: Record<string, FieldValue> = Object.create(null);
  for (const { key, look, least } of numbers) fields[key] = look === "range" ? { min: least, max: least } : least;
  return fields;
}
