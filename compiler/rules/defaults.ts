import { isZone } from "../../schema/time/zones.ts";
import { type Decoded, decodeDefault, type OptionalField } from "../argument.ts";
import { quote } from "../diagnostics/quote.ts";
import { isSet, operandOf } from "../operands.ts";
import { admits, type Candidate, constraintsOf } from "./constraints.ts";
import { below, type EffectSite, forEachEffect, own, type RuleContext } from "./rule.ts";
import { shown } from "./written-value.ts";

/** `optional` goes with a `default`, which decodes and lies within the bounds of its own field (SPEC §2). */
export const defaults = forEachEffect((site, context) => {
  for (const [name, field] of Object.entries(site.effect.fields)) {
    if (field.type === "span" || field.type === "product") continue;
    const pointer = below(site.pointer, "fields", name);
    if (checkPair(context, name, field, pointer)) checkDefault(context, site, name, field, pointer);
  }
});

/** Whether there is a default for an argument that may be left out. */
function checkPair({ report }: RuleContext, name: string, field: OptionalField, pointer: string): boolean {
  const hasDefault = field.default !== undefined;
  if (field.optional !== true) {
    const reason = "only an optional argument has a default";
    const place = below(pointer, "default");
    if (hasDefault) report("key/not_applicable", place, { name: "default", reason }, { at: "key" });
    return false;
  }
  if (field.from.split("/").includes("*")) {
    const reason = `${quote(field.from)} reaches every element: only one argument can be left out`;
    report("key/not_applicable", below(pointer, "optional"), { name: "optional", reason }, { at: "key" });
    return false;
  }
  if (!hasDefault) {
    report("key/missing", below(pointer, "default"), { name: "default", place: `the optional field ${quote(name)}` });
  }
  return hasDefault;
}

function checkDefault(
  { report }: RuleContext,
  site: EffectSite,
  name: string,
  field: OptionalField,
  pointer: string,
): void {
  // The zone is reported where it is written.
  if (field.type === "datetime" && field.timezone !== "floating" && !isZone(field.timezone)) return;
  const place = below(pointer, "default");
  const decoded = decodeDefault(name, field, field.default);
  if (!decoded.ok) {
    report("value/default_undecodable", place, { found: shown(field.default), expected: decoded.reason });
    return;
  }
  const bound = violatedBound(site, decoded.value);
  if (bound !== undefined) report("value/default_out_of_bounds", place, { found: shown(field.default), bound });
}

/** Where the bound stands that the decoded default violates. */
function violatedBound(site: EffectSite, decoded: Decoded): string | undefined {
  for (const [name, value] of decoded) {
    const operand = operandOf(site.effect.fields, name);
    if (operand === undefined) continue;
    const constraints = constraintsOf(site, operand);
    const values = Array.isArray(value) ? value : [value];
    const count = new Set(values.map((element) => JSON.stringify(element))).size;
    const isCounted = !isSet(operand) || (count >= constraints.minItems && count <= (constraints.maxItems ?? count));
    if (isCounted && values.every((element) => admits(constraints, candidateOf(element)))) continue;
    const allowed = own(site.effect.allow, name) !== undefined;
    return below(site.pointer, allowed ? "allow" : "perCall", name);
  }
  return undefined;
}

function candidateOf(value: unknown): Candidate {
  if (typeof value === "object" && value !== null && "value" in value && "under" in value) {
    return { value: String(value.value), under: Array.isArray(value.under) ? value.under : [] };
  }
  return { value: typeof value === "number" || typeof value === "boolean" ? value : String(value), under: [] };
}
