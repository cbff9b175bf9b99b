/** Which bounds a call to an effect is judged by (SPEC §3). */
import type { Effect, Envelope } from "../schema/envelope.ts";
import type { HostileRequest } from "../schema/request.ts";
import { own, ownMember } from "./own.ts";
import { inTableOrder } from "./table-order.ts";

/** The ids, in the table's order; for a name of no effect only the rows down to `granted`. */
export function boundsOf(envelope: Envelope, name: string): readonly string[] {
  return idsOf(envelope, name).sort(inTableOrder);
}

/**
 * Whether an id is of a bound that the request is judged by. `envelope`, which belongs to no bound, is the only answer to a
 * request for another envelope.
 */
export function boundsJudged(envelope: Envelope, digest: string, request: HostileRequest): (id: string) => boolean {
  let ids: ReadonlySet<string> | undefined;
  return (id) => {
    // Made only when an engine names a bound: an allow does not pay for it.
    ids ??= new Set(ownMember(request, "envelope") === digest ? idsOf(envelope, effectOf(request)) : ["envelope"]);
    return ids.has(id);
  };
}

function effectOf(request: HostileRequest): string {
  const effect = ownMember(request, "effect");
  return typeof effect === "string" ? effect : "";
}

function idsOf(envelope: Envelope, name: string): string[] {
  const effect = own(envelope.effects, name);
  return [...commonBounds(envelope, name), ...(effect === undefined ? [] : effectBounds(envelope, name, effect))];
}

function commonBounds(envelope: Envelope, name: string): readonly string[] {
  const evidence = Object.entries(envelope.evidence ?? {}).filter(([, rule]) => rule.effects?.includes(name) ?? true);
  return [
    "kill",
    "halt",
    "phase",
    "validity/not_before",
    "validity/expires_at",
    "validity/duration",
    "principal",
    ...evidence.map(([evidenceName]) => `evidence/${evidenceName}`),
    ...envelope.forbidden.map((_, index) => `forbidden/${index}`),
    "granted",
  ];
}

function effectBounds(envelope: Envelope, name: string, effect: Effect): readonly string[] {
  const below = `effects/${name}`;
  const keyed = (section: string, map: object = {}) => Object.keys(map).map((key) => `${below}/${section}/${key}`);
  const listed = (section: string, list: readonly unknown[] = []) => list.map((_, i) => `${below}/${section}/${i}`);
  const once = (section: string, written: boolean) => (written ? [`${below}/${section}`] : []);
  return [
    ...(effect.requires ?? []).map((flag) => `${below}/requires/${flag}`),
    ...(effect.external ? ["mode"] : []),
    ...keyed("allow", effect.allow),
    ...listed("rows", effect.rows),
    ...listed("relations", effect.relations),
    ...keyed("per_call", effect.perCall),
    ...keyed("session", effect.session),
    ...metersOf(effect).map((meter) => `budgets/${meter}`),
    ...listed("velocity", effect.velocity ?? envelope.defaults?.velocity),
    ...listed("after", effect.after),
    ...once("schedule", effect.schedule !== undefined),
    ...once("justification", effect.justification === "required"),
    ...once("approval", effect.approval !== undefined),
    ...once("channel", effect.channel === "propose"),
  ];
}

/** The meters of `budgets` that a call to the effect is charged to. */
function metersOf(effect: Effect): readonly string[] {
  return ["actions", ...(effect.external ? ["externalCalls"] : []), ...Object.keys(effect.consumes ?? {})];
}
