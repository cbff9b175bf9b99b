/** Policies in Cedar's JSON format, which Cedar prints on one line: no comments, and no white space beyond need. */
import { entityTypes } from "../../../schema/cedar/names.ts";
import type { PolicyJson } from "./cedar.ts";
import { expressionOf } from "./condition.ts";
import type { Forbid, OpenCondition, Permit } from "./policy.ts";

/** Every policy is scoped to the envelope, so that the policies of many envelopes can live in one store. */
export function resourceOf(digest: string): PolicyJson["resource"] {
  return { op: "==", entity: { type: entityTypes.resource, id: digest } };
}

/** @param actions undefined: every action */
export function scopeOf(actions: readonly string[] | undefined): PolicyJson["action"] {
  if (actions === undefined) return { op: "All" };
  const entities = actions.map((id) => ({ type: entityTypes.action, id }));
  const [only, ...others] = entities;
  return only !== undefined && others.length === 0 ? { op: "==", entity: only } : { op: "in", entities };
}

export function forbidAnnotations({ id, code }: Forbid, pointer: string | undefined): Readonly<Record<string, string>> {
  return { id, code, ...(pointer === undefined ? {} : { pointer }) };
}

export function permitJson({ id, action, clauses }: Permit, digest: string): PolicyJson {
  return {
    effect: "permit",
    principal: { op: "All" },
    action: scopeOf([action]),
    resource: resourceOf(digest),
    annotations: { id },
    conditions: clauses.map(({ condition }) => clause("when", condition)),
  };
}

export function forbidJson(forbid: Forbid, digest: string, pointer: string | undefined): PolicyJson {
  return {
    effect: "forbid",
    principal: { op: "All" },
    action: scopeOf(forbid.actions),
    resource: resourceOf(digest),
    annotations: forbidAnnotations(forbid, pointer),
    conditions: forbid.unless === undefined ? [] : [clause("unless", forbid.unless)],
  };
}

function clause(kind: "when" | "unless", condition: OpenCondition): PolicyJson["conditions"][number] {
  return { kind, body: expressionOf(condition) };
}
