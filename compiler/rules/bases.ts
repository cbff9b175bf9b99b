import { below, forEachEffect } from "./rule.ts";
import { checkValue } from "./written-value.ts";

/** `base` is a canonical absolute path, and stands on paths and sets of paths only (SPEC §4, §14). */
export const bases = forEachEffect(({ effect, pointer }, context) => {
  for (const [member, fields] of [["fields", effect.fields] as const, ["results", effect.results ?? {}] as const]) {
    for (const [name, field] of Object.entries(fields)) {
      if (!("base" in field) || field.base === undefined) continue;
      const place = below(pointer, member, name, "base");
      if (field.type === "set" && field.of !== "path") {
        const reason = `a set of type ${field.of} has no paths`;
        context.report("key/not_applicable", place, { name: "base", reason }, { at: "key" });
      } else checkValue(context, { is: "path" }, field.base, place);
    }
  }
});
