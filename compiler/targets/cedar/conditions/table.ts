/** One condition for each kind of bound: where the table of bounds (SPEC §3) becomes Cedar. */
import type { BoundKind } from "../../../../schema/bounds.ts";
import type { Bound } from "../../../../schema/normalised.ts";
import type { Condition } from "../condition.ts";
import { allow } from "./allow.ts";
import { after, justification, rows, schedule } from "./circumstances.ts";
import { meter, perCall, relations, velocity } from "./magnitudes.ts";
import { approval, channel } from "./people.ts";
import type { Place } from "./place.ts";
import {
  duration,
  evidence,
  expiresAt,
  forbidden,
  granted,
  halt,
  kill,
  notBefore,
  phase,
  principal,
} from "./session.ts";

/** When a bound holds at an action; undefined where it is not judged. */
type ConditionTable = { readonly [K in BoundKind]: (bound: Bound<K>, place: Place) => Condition | undefined };

export const conditions: ConditionTable = {
  kill,
  halt,
  phase,
  notBefore,
  expiresAt,
  duration,
  principal,
  evidence,
  forbidden,
  granted,
  requires: ({ holds }) => holds,
  mode: ({ holds }) => holds,
  allow,
  rows,
  relations,
  perCall,
  session: meter,
  budget: meter,
  velocity,
  after,
  schedule,
  justification,
  approval,
  channel,
};
