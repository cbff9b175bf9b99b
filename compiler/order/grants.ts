import type { Effect, Envelope } from "../../schema/envelope.ts";
import { below } from "../rules/rule.ts";
import { toolName } from "./decoding/tools.ts";
import type { Side } from "./side.ts";
import type { Report } from "./widening.ts";

/** Whether no call of the effect can ever be allowed, whatever it carries. */
export function isDead(envelope: Envelope, name: string, effect: Effect): boolean {
  return (
    effect.tools.length === 0 ||
    (effect.requires ?? []).some((flag) => !envelope.capabilities.includes(flag)) ||
    (effect.external && envelope.mode === "base") ||
    forbidsEffect(envelope, name, effect) ||
    envelope.budgets.actions.max === 0 ||
    effect.session.calls.max === 0 ||
    (effect.velocity ?? envelope.defaults?.velocity ?? []).some(({ max }) => max === 0)
  );
}

export function forbidsTool({ forbidden }: Envelope, name: string): boolean {
  return forbidden.some(({ tool }) => tool === name);
}

function forbidsEffect({ forbidden }: Envelope, name: string, { tags = [] }: Effect): boolean {
  return forbidden.some(({ effect, tag }) => effect === name || (tag !== undefined && tags.includes(tag)));
}

/** That `b` grants the effect at all: flags, mode and `forbidden`. */
export function compareGrants(a: Side, b: Side, report: Report): void {
  const { envelope, effect, name } = b;
  for (const flag of effect.requires ?? []) {
    if (!envelope.capabilities.includes(flag)) report(a.pointer, `its flag \`${flag}\` is not granted`);
    if (!a.effect.requires?.includes(flag)) report(below(a.pointer, "requires"), `\`${flag}\` is not required`);
  }
  if (effect.external && envelope.mode === "base") report(a.pointer, "external effects are denied");
  if (forbidsEffect(envelope, name, effect)) report(a.pointer, "the effect is forbidden");
  for (const tool of a.effect.tools)
    if (forbidsTool(envelope, toolName(tool))) report(below(a.pointer, "tools"), `\`${toolName(tool)}\` is forbidden`);
}
