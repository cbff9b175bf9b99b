import { quote } from "../diagnostics/quote.ts";
import { below, forEachEffect } from "./rule.ts";

/** `channel` is written if and only if the effect is external (SPEC §2). */
export const channel = forEachEffect(({ name, effect, pointer }, { report }) => {
  const place = below(pointer, "channel");
  if (effect.external && effect.channel === undefined) {
    report("key/missing", place, { name: "channel", place: `the external effect ${quote(name)}` });
  }
  if (!effect.external && effect.channel !== undefined) {
    report("key/not_applicable", place, { name: "channel", reason: "the effect is not external" }, { at: "key" });
  }
});
