import type { Forbidden } from "../../schema/envelope.ts";
import { below, type Rule } from "./rule.ts";

/** `forbidden` names what no template at hand can confirm (SPEC §2). */
export const forbidden: Rule = (envelope, { report }) => {
  for (const [i, { tag }] of envelope.forbidden.entries()) {
    if (tag === undefined || !tag.includes("*")) continue;
    report("value/glob_not_supported", below("/forbidden", i, "tag"), { text: tag, what: "a tag", literal: true });
  }
  const entries = envelope.forbidden.filter(isReadable).length;
  if (entries > 0) report("ref/catalogue_unchecked", "/forbidden", { entries });
};

function isReadable({ effect, tool, tag }: Forbidden): boolean {
  return [effect, tool, tag].filter((name) => name !== undefined).length === 1;
}
