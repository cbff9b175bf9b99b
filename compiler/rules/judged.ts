import type { Effect, Field } from "../../schema/envelope.ts";
import { quoteList } from "../diagnostics/quote.ts";
import { operandNames, operandOf, urlParts } from "../operands.ts";
import { below, type EffectSite, forEachEffect, own } from "./rule.ts";
import { meantAmong } from "./unknown.ts";

/** Every field is judged, else it does not belong in `fields` (SPEC §2). */
export const judged = forEachEffect((site, context) => {
  const misspelt = meantByMisspelt(site);
  for (const [name, field] of Object.entries(site.effect.fields)) {
    const blank = unjudgedParts(site.effect, name, field).filter((part) => !misspelt.has(part));
    if (blank.length === 0) continue;
    context.report("sheet/unbounded", below(site.pointer, "fields", name), {
      line: "fields",
      effect: site.name,
      field: name,
      detail: `${blank[0] === name ? "nothing judges it" : `nothing judges ${quoteList(blank)}`}; ${remedy(name, field)}`,
    });
  }
});

/** The names by which nothing judges a field: its own, or those of parts of a url. A bound that does not fit it is reported as that. */
function unjudgedParts(effect: Effect, name: string, field: Field): readonly string[] {
  switch (field.type) {
    case "integer":
    case "decimal":
    case "length":
    case "span":
    case "product":
    case "date":
    case "datetime":
    case "timestamp":
      return isBounded(effect, name) ? [] : [name];
    case "url":
      if (isBounded(effect, name)) return [];
      return urlParts.map((part) => `${name}.${part}`).filter((part) => !isListed(effect, part));
    default:
      return isListed(effect, name) ? [] : [name];
  }
}

function isBounded({ allow, perCall }: Effect, name: string): boolean {
  return own(allow, name) !== undefined || own(perCall, name) !== undefined;
}

function isListed(effect: Effect, name: string): boolean {
  return isBounded(effect, name) || (effect.rows ?? []).some(({ fields }) => fields.includes(name));
}

/** The operands that misspelt names in bounds most likely stand for: those are reported already. */
function meantByMisspelt({ effect }: EffectSite): ReadonlySet<string> {
  const names = operandNames(effect.fields);
  const written = [
    ...Object.keys(effect.perCall ?? {}),
    ...Object.keys(effect.allow ?? {}),
    ...(effect.rows ?? []).flatMap(({ fields }) => fields),
  ];
  const misspelt = written.filter((name) => operandOf(effect.fields, name) === undefined);
  return new Set(misspelt.flatMap((name) => meantAmong(name, names).meant ?? []));
}

function remedy(name: string, field: Field): string {
  switch (field.type) {
    case "integer":
    case "decimal":
    case "length":
    case "span":
    case "product":
    case "date":
    case "datetime":
    case "timestamp":
      return `fill in its per-call cap (\`perCall.${name}.max\`) or its allowlist (\`allow.${name}.oneOf\`)`;
    case "url":
      return "fill in the allowlist (`allow` or `rows`) of all four parts";
    default:
      return `fill in its allowlist (\`allow.${name}\` or \`rows\`), or name the argument in \`ignored\``;
  }
}
