/** When the rows that tie fields together are violated: `rows` and `relations`. */
import type { Effect } from "../../../schema/envelope.ts";
import { canonicalJson, codePointCompare } from "../../../schema/json/canonical.ts";
import { field, missingOr } from "./leaf.ts";
import { operandAt } from "./operand.ts";
import { cedar, not, type Term } from "./statement.ts";
import type { Violation } from "./violation.ts";

export function rowsViolations(effectName: string, { fields, rows = [] }: Effect): readonly Violation[] {
  return rows.map(({ fields: keys, oneOf }, index) => {
    const sent = field(`rows/${index}`);
    const listed = oneOf.map((row) =>
      canonicalJson(
        row.map((value, column) =>
          typeof value === "object" ? elements(value) : operandAt(fields, keys[column] ?? "").write(value),
        ),
      ),
    );
    const statement = missingOr([sent], not(cedar`${listed}.contains(${sent})`));
    return { id: `effects/${effectName}/rows/${index}`, statement };
  });
}

/** The elements of a set: each once, numbers by size, texts by code point. */
function elements(values: readonly (string | number)[]): readonly (string | number)[] {
  return [...new Set(values)].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : codePointCompare(String(a), String(b)),
  );
}

export function relationViolations(effectName: string, { fields, relations = [] }: Effect): readonly Violation[] {
  return relations.map(({ left, op, right }, index) => {
    const [a, b] = [operandAt(fields, left), operandAt(fields, right)];
    return {
      id: `effects/${effectName}/relations/${index}`,
      statement: a.unreadOr(b.unreadOr(opposite[op](a.value, b.value))),
    };
  });
}

type Op = NonNullable<Effect["relations"]>[number]["op"];

const opposite: { readonly [O in Op]: (a: Term, b: Term) => Term } = {
  "==": (a, b) => cedar`${a} != ${b}`,
  "!=": (a, b) => cedar`${a} == ${b}`,
  "<": (a, b) => cedar`${a} >= ${b}`,
  "<=": (a, b) => cedar`${a} > ${b}`,
};
