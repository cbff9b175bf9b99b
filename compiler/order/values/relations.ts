import type { Relation } from "../../../schema/envelope.ts";
import { below } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import type { Report } from "../widening.ts";

/** Each relation of `b` follows from one of `a`. */
export function compareRelations(a: Side, b: Side, report: Report): void {
  for (const relation of b.effect.relations ?? []) {
    if (!(a.effect.relations ?? []).some((mine) => follows(relation, mine)))
      report(below(a.pointer, "relations"), `\`${relation.left} ${relation.op} ${relation.right}\` need not hold`);
  }
}

/** Which relations between the same two fields, in this order and in the other, each one brings with it. */
const brings: Readonly<
  Record<Relation["op"], { readonly same: readonly string[]; readonly turned: readonly string[] }>
> = {
  "==": { same: ["==", "<="], turned: ["==", "<="] },
  "!=": { same: ["!="], turned: ["!="] },
  "<": { same: ["<", "<=", "!="], turned: ["!="] },
  "<=": { same: ["<="], turned: [] },
};

function follows({ left, op, right }: Relation, mine: Relation): boolean {
  const { same, turned } = brings[mine.op];
  if (mine.left === left && mine.right === right) return same.includes(op);
  return mine.left === right && mine.right === left && turned.includes(op);
}
