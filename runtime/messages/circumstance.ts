/** What a bound is described from: where it is written, and what the request holds. */
import type { Effect, Envelope } from "../../schema/envelope.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { ownMember } from "../own.ts";

export interface Circumstance {
  readonly id: string;
  /** The last part of the id: field, flag, meter, evidence or index. */
  readonly rest: string;
  readonly envelope: Envelope;
  /** The effect that the bound belongs to. */
  readonly effect: Effect | undefined;
  readonly effectName: string;
  readonly request: HostileRequest;
}

/** A bound in two phrases: what the call brings, and what the envelope demands. */
export interface Description {
  readonly value: string;
  readonly limit: string;
}

export type Describe = (circumstance: Circumstance) => Description;

export function fact(request: HostileRequest, member: string): unknown {
  return ownMember(ownMember(request, "state"), member);
}

/** An entry of a map of facts, such as `meters`. */
export function factIn(request: HostileRequest, map: string, key: string): unknown {
  return ownMember(fact(request, map), key);
}

export function fieldValue(request: HostileRequest, key: string): unknown {
  return ownMember(ownMember(request, "fields"), key);
}
