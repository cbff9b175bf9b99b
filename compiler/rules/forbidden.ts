import { below, type Rule } from "./rule.ts";

/** Entries of `forbidden` have exactly one of `effect`, `tool` and `tag`; no template is at hand to check them (SPEC §2). */
export const forbidden: Rule = (envelope, { report }) => {
  let entries = 0;
  for (const [i, entry] of envelope.forbidden.entries()) {
    const found = (["effect", "tool", "tag"] as const).filter((name) => entry[name] !== undefined);
    if (found.length === 1) entries += 1;
    else {
      const params = { names: ["effect", "tool", "tag"], found, place: "an entry of `forbidden`" };
      report("key/exactly_one", below("/forbidden", i), params);
    }
    if (entry.tag?.includes("*")) {
      const params = { text: entry.tag, what: "a tag", literal: true } as const;
      report("value/glob_not_supported", below("/forbidden", i, "tag"), params);
    }
  }
  if (entries > 0) report("ref/catalogue_unchecked", "/forbidden", { entries });
};
