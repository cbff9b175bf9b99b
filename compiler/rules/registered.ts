import { below, effectSites, entries, type Rule, type RuleContext } from "./rule.ts";
import { meantAmong, replacement } from "./unknown.ts";

/** Flags, metrics, breaker actions, checks and evidence come from the registry (SPEC §2, "Names"). */
export const registered: Rule = (envelope, context) => {
  const { flags, evidence, metrics, actions, checks } = context.registry;
  for (const [i, flag] of envelope.capabilities.entries()) checkFlag(context, flags, flag, below("/capabilities", i));
  for (const { effect, pointer } of effectSites(envelope)) {
    for (const [i, flag] of (effect.requires ?? []).entries()) {
      // A flag that is granted is reported there.
      if (envelope.capabilities.includes(flag)) continue;
      checkFlag(context, flags, flag, below(pointer, "requires", i));
    }
  }
  for (const [name] of entries(envelope.evidence)) {
    // A reserved name is reported as that.
    if (name in Object.prototype) continue;
    checkName(context, "evidence", evidence, name, below("/evidence", name), "key");
  }
  for (const [i, { when, action }] of (envelope.breakers ?? []).entries()) {
    checkName(context, "breaker action", actions, action, below("/breakers", i, "action"));
    for (const [j, { metric }] of when.entries()) {
      checkName(context, "metric", [...metrics.keys()], metric, below("/breakers", i, "when", j, "metric"));
    }
  }
  for (const [i, { check }] of (envelope.postconditions ?? []).entries()) {
    checkName(context, "check", checks, check, below("/postconditions", i, "check"));
  }
};

function checkFlag(context: RuleContext, flags: readonly string[], flag: string, pointer: string): void {
  if (flag.includes("*")) context.report("value/glob_not_supported", pointer, { text: flag, what: "a flag" });
  else checkName(context, "flag", flags, flag, pointer);
}

function checkName(
  { report }: RuleContext,
  kind: string,
  known: readonly string[],
  name: string,
  pointer: string,
  at: "value" | "key" = "value",
): void {
  if (known.includes(name)) return;
  const meant = meantAmong(name, known);
  report("ref/unregistered", pointer, { kind, name, ...meant }, at === "key" ? { at } : replacement(pointer, meant));
}
