import { isZone } from "../../schema/time/zones.ts";
import { quote } from "../diagnostics/quote.ts";
import { isSet, operandOf } from "../operands.ts";
import { admits, type Candidate, type Constraints, constraintsOf, readCandidate } from "./constraints.ts";
import { type Decoded, decodeDefault, type OptionalField, type Scalar } from "./default-value.ts";
import { below, type EffectSite, forEachEffect, type RuleContext } from "./rule.ts";
import { checkValue, shown } from "./written-value.ts";

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
  context: RuleContext,
  site: EffectSite,
  name: string,
  field: OptionalField,
  pointer: string,
): void {
  // The zone is reported where it is written.
  if (field.type === "datetime" && field.timezone !== "floating" && !isZone(field.timezone)) return;
  const { report } = context;
  const place = below(pointer, "default");
  if (field.type === "decimal" && typeof field.default === "number") {
    checkValue(context, { is: "decimal", scale: field.scale }, field.default, place);
    return;
  }
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
  for (const [name, values] of decoded) {
    const operand = operandOf(site.effect.fields, name);
    if (operand === undefined) continue;
    const constraints = constraintsOf(site, operand);
    const candidates = values.map(candidateOf);
    if (isCounted(constraints, candidates) && candidates.every((value) => admits(constraints, value))) continue;
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = constraints;
    const isOutOfRange = candidates.some(({ value }) => Number(value) < min || Number(value) > max);
    return below(site.pointer, isOutOfRange ? "perCall" : "allow", name);
  }
  return rowsWithout(site, decoded);
}

/** Where the rows stand none of which has the decoded default in its column. */
function rowsWithout(site: EffectSite, decoded: Decoded): string | undefined {
  for (const [i, { fields, oneOf }] of (site.effect.rows ?? []).entries()) {
    for (const [name, values] of decoded) {
      const [column, operand] = [fields.indexOf(name), operandOf(site.effect.fields, name)];
      if (column < 0 || operand === undefined || isSet(operand)) continue;
      const [given] = values.map(candidateOf);
      const isListed = oneOf.some((row) => {
        const listed = readCandidate(operand.form, row[column]);
        // What cannot be read is reported elsewhere.
        return listed === undefined || listed.value === given?.value;
      });
      if (!isListed) return below(site.pointer, "rows", i);
    }
  }
  return undefined;
}

function isCounted({ operand, minItems, maxItems }: Constraints, candidates: readonly Candidate[]): boolean {
  const count = new Set(candidates.map(({ value }) => value)).size;
  return !isSet(operand) || (count >= minItems && count <= (maxItems ?? count));
}

function candidateOf(value: Scalar): Candidate {
  return typeof value === "object" ? value : { value, under: [] };
}
