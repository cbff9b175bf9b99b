/** Every row of the table of bounds in plain words: the value and the limit (SPEC §3). */

import { boundIdParts } from "../../schema/bound-id.ts";
import { type BoundKind, boundKindOf } from "../../schema/bounds.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { own, ownMember } from "../own.ts";
import { budget, perCall, session, velocity } from "./amounts.ts";
import type { Describe, Description } from "./circumstance.ts";
import { forbidden, granted, mode, requires } from "./grants.ts";
import { after, schedule } from "./order.ts";
import { approval, channel, justification } from "./people.ts";
import { allow, relations, rows } from "./scope.ts";
import { duration, evidence, expiresAt, halt, kill, notBefore, phase, principal } from "./session.ts";

const describers: { readonly [K in BoundKind]: Describe } = {
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
  requires,
  mode,
  allow,
  rows,
  relations,
  perCall,
  session,
  budget,
  velocity,
  after,
  schedule,
  justification,
  approval,
  channel,
};

/** What the request brings to a bound, and what the bound demands. Total. */
export function describeBound(id: string, envelope: Envelope, request: HostileRequest): Description {
  const kind = boundKindOf(id)?.kind;
  if (kind === undefined) return { value: "the request is for another envelope", limit: "it must name this one" };
  try {
    const { effect: inId, rest } = boundIdParts(id);
    const asked = ownMember(request, "effect");
    const effectName = inId === "" && typeof asked === "string" ? asked : inId;
    return describers[kind]({ id, rest, envelope, effect: own(envelope.effects, effectName), effectName, request });
  } catch {
    return { value: "the request holds what cannot be shown", limit: "the bound is not confirmed" };
  }
}

/** One sentence: the value and the limit. */
export function describeViolation(id: string, envelope: Envelope, request: HostileRequest): string {
  const { value, limit } = describeBound(id, envelope, request);
  return `${value}; ${limit}`;
}
