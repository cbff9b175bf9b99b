import { below } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import type { Report } from "../widening.ts";
import { type Domain, domainOf } from "./domain.ts";

/** Whatever `a` admits lies between the least and the most of `b`. */
export function comparePerCall(a: Side, b: Side, report: Report): void {
  for (const key of Object.keys(b.effect.perCall ?? {})) {
    const [mine, theirs] = [reachOf(domainOf(a, key)), domainOf(b, key)];
    const pointer = below(a.pointer, "perCall", key);
    if (mine.least < theirs.least) report(below(pointer, "min"), "a call may carry less");
    if (mine.most > theirs.most) report(below(pointer, "max"), "a call may carry more");
  }
}

/** The smallest and the greatest number that are admitted. */
export function reachOf({ values, least, most }: Domain): { readonly least: number; readonly most: number } {
  if (values === undefined) return { least, most };
  const numbers = values.map(({ value }) => Number(value));
  return { least: Math.min(...numbers), most: Math.max(...numbers) };
}
