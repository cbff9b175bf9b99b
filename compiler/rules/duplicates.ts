import { below, effectSites, type Rule, type RuleContext } from "./rule.ts";
import { warnOfDuplicates } from "./value-list.ts";

/** Ids are unique; lists of names hold each of them once (SPEC §2). */
export const duplicates: Rule = (envelope, context) => {
  checkIds(context, envelope.breakers ?? [], "/breakers");
  checkIds(context, envelope.postconditions ?? [], "/postconditions");
  warnOfDuplicates(context, envelope.capabilities, "/capabilities");
  warnOfDuplicates(context, envelope.forbidden.map(withoutReason), "/forbidden");
  for (const [name, set] of Object.entries(envelope.sets ?? {})) warnOfDuplicates(context, set, below("/sets", name));
  for (const [name, { effects }] of Object.entries(envelope.evidence ?? {})) {
    warnOfDuplicates(context, effects ?? [], below("/evidence", name, "effects"));
  }
  for (const { effect, pointer } of effectSites(envelope)) {
    const { tags = [], requires = [], approval, schedule } = effect;
    warnOfDuplicates(context, tags, below(pointer, "tags"));
    warnOfDuplicates(context, requires, below(pointer, "requires"));
    warnOfDuplicates(context, approval?.roles ?? [], below(pointer, "approval", "roles"));
    warnOfDuplicates(context, schedule?.except ?? [], below(pointer, "schedule", "except"));
    for (const [i, { days }] of (schedule?.windows ?? []).entries()) {
      warnOfDuplicates(context, days, below(pointer, "schedule", "windows", i, "days"));
    }
  }
};

function checkIds({ report }: RuleContext, list: readonly { readonly id: string }[], pointer: string): void {
  const first = new Map<string, string>();
  for (const [i, { id }] of list.entries()) {
    const place = below(pointer, i, "id");
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, place);
    else report("ref/duplicate_id", place, { id, first: earlier });
  }
}

function withoutReason({ effect, tool, tag }: { effect?: string; tool?: string; tag?: string }) {
  return { effect, tool, tag };
}
