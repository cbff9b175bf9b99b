/** How each kind of bound is brought to its limits: one row for each of the table of bounds. */
import type { BoundKind } from "../../../../schema/bounds.ts";
import { allow } from "./allow.ts";
import { after, justification, rows, schedule } from "./circumstances.ts";
import type { Deviate } from "./deviation.ts";
import { meter, perCall, relations, velocity } from "./magnitudes.ts";
import { approval, channel } from "./people.ts";
import {
  duration,
  evidence,
  expiresAt,
  forbidden,
  granted,
  halt,
  kill,
  notBefore,
  phaseIsActive,
  principal,
} from "./session.ts";

export const deviations: { readonly [K in BoundKind]: Deviate<K> } = {
  kill,
  halt,
  phase: phaseIsActive,
  notBefore,
  expiresAt,
  duration,
  principal,
  evidence,
  forbidden,
  granted,
  requires: () => [],
  mode: () => [],
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
