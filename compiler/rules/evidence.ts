import { below, entries, own, type Rule } from "./rule.ts";
import { reportUnknownEffect } from "./unknown.ts";

/** `evidence` names effects of the envelope (SPEC §2). */
export const evidence: Rule = (envelope, context) => {
  for (const [name, { effects }] of entries(envelope.evidence)) {
    for (const [i, effect] of (effects ?? []).entries()) {
      if (own(envelope.effects, effect) !== undefined) continue;
      reportUnknownEffect(context, { envelope }, effect, below("/evidence", name, "effects", i));
    }
  }
};
