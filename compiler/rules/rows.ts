import type { Rows } from "../../schema/envelope.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import { isSet, type Operand, operandOf } from "../operands.ts";
import { reportWholeUrl } from "./allow.ts";
import { kindOf } from "./kinds.ts";
import { below, type EffectSite, forEachEffect, type RuleContext } from "./rule.ts";
import { isWholeUrl, reportUnknownField } from "./unknown.ts";
import { warnOfDuplicates } from "./value-list.ts";
import { checkValue, shown } from "./written-value.ts";

type Cell = Rows["oneOf"][number][number];

/** `rows`: as many values as fields, each canonical in its field's type, a set as its sorted elements (SPEC §2, §14). */
export const rows = forEachEffect((site, context) => {
  for (const [i, { fields, oneOf }] of (site.effect.rows ?? []).entries()) {
    const pointer = below(site.pointer, "rows", i);
    const columns = fields.map((name, j) => columnOf(context, site, name, below(pointer, "fields", j)));
    warnOfDuplicates(context, fields, below(pointer, "fields"));
    for (const [k, row] of oneOf.entries()) {
      const place = below(pointer, "oneOf", k);
      if (row.length === fields.length) checkRow(context, columns, row, place);
      else {
        const params = { found: row.length, expected: fields.length, other: below(pointer, "fields") };
        context.report("type/row_length", place, params);
      }
    }
    warnOfDuplicates(context, oneOf, below(pointer, "oneOf"));
  }
});

function columnOf(context: RuleContext, site: EffectSite, name: string, pointer: string): Operand | undefined {
  const operand = operandOf(site.effect.fields, name);
  if (operand === undefined) {
    if (isWholeUrl(site, name)) reportWholeUrl(context, "rows", name, pointer, "value");
    else reportUnknownField(context, site, name, pointer, "value");
    return undefined;
  }
  if (operand.shape !== "range") return operand;
  const reason = "of a list only the smallest and largest are known";
  const params = { bound: "rows", field: name, type: kindOf(operand), fits: ["perCall"], reason };
  context.report("type/bound_does_not_fit", pointer, params);
  return undefined;
}

function checkRow(
  context: RuleContext,
  columns: readonly (Operand | undefined)[],
  row: readonly Cell[],
  pointer: string,
) {
  for (const [i, cell] of row.entries()) {
    const operand = columns[i];
    if (operand !== undefined) checkCell(context, operand, cell, below(pointer, i));
  }
}

function checkCell(context: RuleContext, operand: Operand, cell: Cell, pointer: string): void {
  if (!isSet(operand)) {
    checkValue(context, operand.form, cell, pointer);
    return;
  }
  if (!Array.isArray(cell)) {
    const expected = "a list, for a field that is a set";
    context.report("type/wrong_type", pointer, { expected, found: shown(cell) });
    return;
  }
  const values = cell.map((element, i) => checkValue(context, operand.form, element, below(pointer, i))?.value);
  if (values.includes(undefined)) return;
  const canonical = sortedElements(cell);
  if (JSON.stringify(canonical) === JSON.stringify(cell)) return;
  const params = {
    text: JSON.stringify(cell),
    expected: "sorted, each element once",
    canonical: JSON.stringify(canonical),
  };
  context.report("value/not_canonical", pointer, params, {
    suggestion: [{ op: "replace", path: pointer, value: canonical }],
  });
}

/** The elements of a set as a call carries them: numbers by size, strings by code point, each once. */
export function sortedElements<T extends string | number>(elements: readonly T[]): readonly T[] {
  return [...new Set(elements)].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : codePointCompare(String(a), String(b)),
  );
}
