import { boundKindOf, boundKinds } from "../schema/bounds.ts";
import { codePointCompare } from "../schema/json/canonical.ts";

/** Order of bound ids: that of the table of bounds (SPEC §3), then code points. */
export function inTableOrder(a: string, b: string): number {
  return rowOf(a) - rowOf(b) || codePointCompare(a, b);
}

/** An id of no bound comes first. */
function rowOf(id: string): number {
  const entry = boundKindOf(id);
  return entry === undefined ? -1 : boundKinds.indexOf(entry);
}
