import { quote } from "../../diagnostics/quote.ts";
import { closest } from "../../diagnostics/suggest.ts";
import { below, type EffectSite, effectSites, type Rule } from "../rule.ts";

/** Effects that need a flag that is not granted, an external one in base mode, and what `forbidden` takes back (SPEC §2). */
export const deadGrants: Rule = (envelope, { report, registry }) => {
  const sites = effectSites(envelope);
  const { flags } = registry;
  // A misspelt capability is reported there, not at each effect that needs it.
  const meant = new Set(envelope.capabilities.map((flag) => (flags.includes(flag) ? flag : closest(flag, flags))));
  for (const { name, effect, pointer } of sites) {
    for (const [i, flag] of (effect.requires ?? []).entries()) {
      if (meant.has(flag) || !flags.includes(flag)) continue;
      const cause = `the flag ${quote(flag)} is not among \`/capabilities\``;
      report("fires/never_fires", below(pointer, "requires", i), { cause, effects: [name] });
    }
    if (envelope.mode === "base" && effect.external) {
      const cause = "`/mode` is `base`, which denies every external effect";
      report("fires/never_fires", below(pointer, "external"), { cause, effects: [name] });
    }
  }
  const forbiddenTools = new Set(envelope.forbidden.map(({ tool }) => tool));
  for (const [i, { effect, tag, tool }] of envelope.forbidden.entries()) {
    const pointer = below("/forbidden", i);
    const hit = sites.filter((site) => site.name === effect || (tag !== undefined && site.effect.tags?.includes(tag)));
    if (hit.length > 0) {
      const places = hit.map((site) => quote(site.pointer)).join(", ");
      const cause = `this forbids what is granted at ${places}`;
      report("fires/never_fires", pointer, { cause, effects: hit.map(({ name }) => name) });
    }
    const reached = tool === undefined ? [] : sites.filter((site) => toolsOf(site).includes(tool));
    if (reached.length === 0) continue;
    const dead = reached.filter((site) => toolsOf(site).every((name) => forbiddenTools.has(name)));
    const cause = `this forbids the tool of ${reached.map((site) => quote(site.pointer)).join(", ")}`;
    const what = dead.length > 0 ? {} : { what: "no call of the tool can ever be allowed" };
    report("fires/never_fires", pointer, { cause, effects: dead.map(({ name }) => name), ...what });
  }
};

function toolsOf({ effect }: EffectSite): readonly string[] {
  return effect.tools.map((entry) => (typeof entry === "string" ? entry : entry.tool));
}
