import { below, forEachEffect, own } from "./rule.ts";
import { reportUnknownEffect } from "./unknown.ts";

/** `after` names effects of the envelope (SPEC §2). */
export const after = forEachEffect((site, context) => {
  for (const [i, { effect }] of (site.effect.after ?? []).entries()) {
    if (own(site.envelope.effects, effect) !== undefined) continue;
    reportUnknownEffect(context, site, effect, below(site.pointer, "after", i, "effect"));
  }
});
