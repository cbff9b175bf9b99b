import type { Rows } from "../../../schema/envelope.ts";
import { canonicalJson, codePointCompare } from "../../../schema/json/canonical.ts";
import { isSet } from "../../operands.ts";
import { below } from "../../rules/rule.ts";
import type { Canonical } from "../../written.ts";
import type { Side } from "../side.ts";
import type { Report } from "../widening.ts";
import { domainOf, memberOf, operandOn } from "./domain.ts";

type Cell = Canonical | readonly Canonical[];
type Row = Rows["oneOf"][number];

/** Every tuple that `a` admits for the fields that `b` ties together is one of its rows. */
export function compareRows(a: Side, b: Side, report: Report): void {
  for (const rows of b.effect.rows ?? []) {
    const listed = new Set(rows.oneOf.map((row) => canonicalJson(rows.fields.map((key, i) => cellOf(b, key, row[i])))));
    const ways = [...projections(a, rows.fields), combinations(a, rows.fields)];
    const holds = ways.some((tuples) => tuples?.every((tuple) => listed.has(canonicalJson(tuple))));
    if (!holds) report(below(a.pointer, "rows"), `\`${rows.fields.join("`, `")}\` may come together in other ways`);
  }
}

/** The rows of `a` that hold all these fields, as far as its other bounds admit them. */
function projections(a: Side, keys: readonly string[]): readonly (readonly (readonly Cell[])[])[] {
  return (a.effect.rows ?? [])
    .filter(({ fields }) => keys.every((key) => fields.includes(key)))
    .map(({ fields, oneOf }) =>
      oneOf
        .filter((row) => fields.every((key, i) => mayBe(a, key, row[i])))
        .map((row) => keys.map((key) => cellOf(a, key, row[fields.indexOf(key)]))),
    );
}

function mayBe(side: Side, key: string, written: Row[number] | undefined): boolean {
  const operand = operandOn(side, key);
  return isSet(operand) || domainOf(side, key).admits(memberOf(operand.form, written));
}

const mostCombinations = 10_000;

/** All tuples of values, where each field has a list of them; undefined where one has none, or where there are too many. */
function combinations(a: Side, keys: readonly string[]): readonly (readonly Cell[])[] | undefined {
  let tuples: readonly (readonly Cell[])[] = [[]];
  for (const key of keys) {
    if (isSet(operandOn(a, key))) return undefined;
    const { values } = domainOf(a, key);
    if (values === undefined || tuples.length * values.length > mostCombinations) return undefined;
    tuples = tuples.flatMap((tuple) => values.map(({ value }) => [...tuple, value]));
  }
  return tuples;
}

/** A set as the sorted list of its elements. */
function cellOf(side: Side, key: string, written: Row[number] | undefined): Cell {
  const { form } = operandOn(side, key);
  if (!Array.isArray(written)) return memberOf(form, written).value;
  return [...new Set(written.map((each) => memberOf(form, each).value))].sort(byValue);
}

function byValue(a: Canonical, b: Canonical): number {
  return typeof a === "number" && typeof b === "number" ? a - b : codePointCompare(String(a), String(b));
}
