import { namesIn } from "../../order/template.ts";
import { meantAmong } from "../unknown.ts";
import type { TemplateRule } from "./rule.ts";

/** Every effect, tool and tag that the template uses or forbids stands in its catalogue. */
export const catalogued: TemplateRule = (template, { report }) => {
  for (const { kind, name, pointer } of namesIn(template)) {
    const known = template.catalogue[kind];
    if (!known.includes(name)) report("ref/not_in_catalogue", pointer, { kind, name, ...meantAmong(name, known) });
  }
};
