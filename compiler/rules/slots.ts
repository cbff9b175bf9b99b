import { below, forEachEffect, own } from "./rule.ts";

/** One engine has no quantifiers: it compares the ancestors of a set slot by slot. */
const slotLimit = 32;

/** A set judged by `under` has a `limit` of at most 32 (SPEC §14). */
export const slots = forEachEffect(({ effect, pointer }, { report }) => {
  for (const [name, field] of Object.entries(effect.fields)) {
    if (field.type !== "set" || (field.limit ?? 0) <= slotLimit) continue;
    if (own(effect.allow, name)?.under === undefined) continue;
    const limit = `a set judged by \`${below(pointer, "allow", name, "under")}\` has a limit of at most ${slotLimit}`;
    report("num/out_of_range", below(pointer, "fields", name, "limit"), { text: String(field.limit), limit });
  }
});
