import type { DiscriminatedTool, Effect, Envelope, ToolName } from "../../../schema/envelope.ts";
import { codePointCompare } from "../../../schema/json/canonical.ts";
import type { NormalisedEffect, NormalisedEnvelope } from "../../../schema/normalised.ts";

export interface GrantedEffect {
  readonly name: string;
  readonly effect: Effect;
  readonly normalised: NormalisedEffect;
  /** Those that are not forbidden. */
  readonly tools: readonly (ToolName | DiscriminatedTool)[];
}

export interface Grants {
  /** By name, in code point order. */
  readonly granted: readonly GrantedEffect[];
  /** What the envelope names and no call will ever be allowed: forbidden, or without a flag or the mode that it needs. */
  readonly barred: readonly string[];
}

export function grantsOf(envelope: Envelope, normalised: NormalisedEnvelope): Grants {
  const granted: GrantedEffect[] = [];
  const names = new Set(envelope.forbidden.flatMap(({ effect }) => effect ?? []));
  for (const name of Object.keys(envelope.effects)) {
    names.add(name);
    const each = grantOf(name, envelope, normalised);
    if (each !== undefined) granted.push(each);
  }
  const live = new Set(granted.map(({ name }) => name));
  return {
    granted: granted.sort((a, b) => codePointCompare(a.name, b.name)),
    barred: [...names].filter((name) => !live.has(name)).sort(codePointCompare),
  };
}

function grantOf(name: string, { effects, forbidden }: Envelope, all: NormalisedEnvelope): GrantedEffect | undefined {
  const effect = effects[name];
  const normalised = all.effects[name];
  if (effect === undefined || normalised === undefined) return undefined;
  const isForbidden = forbidden.some(
    (entry) => entry.effect === name || (entry.tag !== undefined && effect.tags?.includes(entry.tag)),
  );
  const { requires = [], mode = [] } = normalised.bounds;
  const isDead = [...requires, ...mode].some(({ holds }) => !holds);
  const tools = effect.tools.filter((entry) => {
    const tool = typeof entry === "string" ? entry : entry.tool;
    return !forbidden.some((each) => each.tool === tool);
  });
  return isForbidden || isDead || tools.length === 0 ? undefined : { name, effect, normalised, tools };
}
