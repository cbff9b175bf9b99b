/**
 * Judging with one envelope's policies. An effect's permit carries every bound, so that one policy decides nearly every
 * call; the forbids are asked only where it does not, for the ids of the violated bounds.
 */
import type { Manifest } from "../../../schema/artefacts.ts";
import { boundKindOf, boundKinds } from "../../../schema/bounds.ts";
import type { CedarEncoder, CedarRequest } from "../../../schema/cedar/encode.ts";
import { entityTypes, permitId, reservedAction } from "../../../schema/cedar/names.ts";
import type { HostileRequest } from "../../../schema/request.ts";
import type { EngineAnswer } from "../../../schema/verdict.ts";
import { EngineFault, type LoadedPolicy } from "../engine.ts";
import { type CedarAnswer, member, parseAnswer } from "./answer.ts";
import { concerns, type PolicyText } from "./policy-text.ts";
import type { CedarPool, PolicySet } from "./pool.ts";

export interface Loading {
  readonly pool: CedarPool;
  readonly manifest: Manifest;
  readonly encode: CedarEncoder;
  /** The policies of the envelope. */
  readonly read: () => readonly PolicyText[];
  /** The digest of what `read` answers. */
  readonly address: string;
}

/** The two policy sets of one action. */
interface Sets {
  /** The permit alone; undefined where a bound rules the effect out for good, and for what is no effect. */
  readonly permit: AskedSet | undefined;
  readonly reasons: AskedSet;
  readonly forbidIds: ReadonlySet<string>;
  /** Cedar's answer where the permit permits: every allow is this text, to the byte, and need not be parsed. */
  readonly allowText: string;
}

interface AskedSet extends PolicySet {
  /** What stands behind principal and context in every call that asks this set. */
  readonly restOfCall: string;
}

export function loadedPolicy(loading: Loading): LoadedPolicy {
  const { pool, manifest, encode } = loading;
  const setsOf = new Map<string, Sets>();
  let dropped = false;
  return {
    judge(request) {
      if (dropped) throw new EngineFault("the policy has been dropped");
      const question = encode(request);
      if (question.resource !== manifest.envelope) return answerOf(["envelope"]);
      const sets = setsOf.get(question.action) ?? makeSets(loading, question.action);
      setsOf.set(question.action, sets);
      const isPermitted = (answer: unknown) => answer === sets.allowText || isAllowed(parseAnswer(answer), question);
      if (sets.permit !== undefined && ask(pool, sets.permit, question, isPermitted)) return answerOf([]);
      const violated = ask(pool, sets.reasons, question, (answer) => violatedIds(parseAnswer(answer), sets.forbidIds));
      return answerOf(judgedIds([...violated, ...unreadableEffect(manifest, request)]));
    },
    renew() {
      for (const { permit, reasons } of setsOf.values()) {
        if (permit !== undefined) pool.discard(permit);
        pool.discard(reasons);
      }
    },
    drop() {
      dropped = true;
      for (const { permit, reasons } of setsOf.values()) {
        if (permit !== undefined) pool.release(permit);
        pool.release(reasons);
      }
      setsOf.clear();
    },
  };
}

function makeSets({ read, address, manifest }: Loading, action: string): Sets {
  const setOf = (effect: PolicyText["effect"]): AskedSet => {
    const id = `${address}/${effect}/${action}`;
    const policies = () => textsOf(read(), effect, action);
    return { id, policies, restOfCall: restOfCall(action, manifest.envelope, id) };
  };
  const policies = read();
  return {
    permit: textsOf(policies, "permit", action).size === 0 ? undefined : setOf("permit"),
    reasons: setOf("forbid"),
    forbidIds: new Set(textsOf(policies, "forbid", action).keys()),
    allowText: `{"type":"success","response":{"decision":"allow","diagnostics":{"reason":[${JSON.stringify(permitId(action))}],"errors":[]}},"warnings":[]}`,
  };
}

function textsOf(policies: readonly PolicyText[], effect: PolicyText["effect"], action: string) {
  const chosen = policies.filter((policy) => policy.effect === effect && concerns(policy, action));
  return new Map(chosen.map(({ id, text }) => [id, text]));
}

/** What follows from Cedar's answer. @throws EngineFault where nothing does: the instance that gave it is then thrown away */
function ask<T>(pool: CedarPool, set: AskedSet, request: CedarRequest, conclude: (answer: unknown) => T): T {
  const call = `{"principal":${entity("principal", request.principal)},"context":${request.context}${set.restOfCall}`;
  return pool.ask(set, (instance) => conclude(instance.statefulIsAuthorized(call)));
}

/** The encoder stands in for Cedar's own validation of the request: it lets nothing through that the schema does not declare. */
function restOfCall(action: string, resource: string, policySet: string): string {
  return (
    `,"action":${entity("action", action)},"resource":${entity("resource", resource)},"entities":[],` +
    `"validateRequest":false,"preparsedPolicySetId":${JSON.stringify(policySet)}}`
  );
}

function entity(kind: keyof typeof entityTypes, id: string): string {
  return `{"type":"${entityTypes[kind]}","id":${JSON.stringify(id)}}`;
}

/** @throws EngineFault for a decision that a lone permit cannot lead to */
function isAllowed({ decision, reason }: CedarAnswer, { action }: CedarRequest): boolean {
  if (decision === "deny" && reason.length === 0) return false;
  if (decision === "allow" && reason.length === 1 && reason[0] === permitId(action)) return true;
  throw new EngineFault("Cedar's decision does not follow from the permit");
}

/** Asked only where nothing permits. @throws EngineFault where nothing forbids either */
function violatedIds({ decision, reason }: CedarAnswer, forbidIds: ReadonlySet<string>): readonly string[] {
  const areForbids = reason.every((id) => forbidIds.has(id)) && new Set(reason).size === reason.length;
  if (decision === "deny" && reason.length > 0 && areForbids) return reason;
  throw new EngineFault("Cedar's permit and forbids contradict each other");
}

/** An effect that is no text matches each forbidden entry that it is compared with; the reserved action matches none. */
function unreadableEffect({ constant }: Manifest, request: HostileRequest): readonly string[] {
  const effect = member(request, "effect");
  if ((typeof effect === "string" && effect.isWellFormed()) || !Object.hasOwn(constant, reservedAction)) return [];
  return (constant[reservedAction]?.always ?? []).filter((id) => boundKindOf(id)?.kind === "forbidden");
}

const lastCommonRow = boundKinds.findIndex(({ kind }) => kind === "granted");

/** Where the effect is not granted, only the rows down to `granted` are judged (SPEC §3). */
function judgedIds(ids: readonly string[]): readonly string[] {
  if (!ids.includes("granted")) return ids;
  const common: ReadonlySet<unknown> = new Set(boundKinds.slice(0, lastCommonRow + 1));
  return ids.filter((id) => common.has(boundKindOf(id)));
}

function answerOf(violations: readonly string[]): EngineAnswer {
  if (violations.length === 0) return { verdict: "allow", violations };
  const asksPeople = violations.every((id) => boundKindOf(id)?.verdict === "hold");
  return { verdict: asksPeople ? "hold" : "deny", violations };
}
